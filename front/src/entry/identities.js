// Hints while the note is typed; gives what finds them. The server looks again, with the names of places it knows, and decides.

export function hintIdentities(form, screening, words) {
  const note = form.elements.note;
  const hint = document.getElementById("note-hint");
  const patterns = screening.patterns.map(compiled).filter(Boolean);
  const names = new Set(screening.givenNames);
  let timer = 0;
  const look = () => {
    const found = passages(note.value, patterns, names).map(([kind, text]) => `« ${text} » (${screening.kinds[kind]})`);
    hint.textContent = found.length ? `${words.check} ${found.join(", ")}` : "";
  };
  note.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 400);
  });
  look();
  return () => passages(note.value, patterns, names).map(([kind, text]) => [text, screening.kinds[kind]]);
}

// A pattern that an older browser cannot read is left to the server.
function compiled([kind, source, flags]) {
  try {
    return [kind, new RegExp(source, `g${flags}`)];
  } catch {
    return null;
  }
}

export function passages(text, patterns, names) {
  const found = [];
  for (const [kind, pattern] of patterns) {
    for (const match of text.matchAll(pattern)) {
      if (kind !== "sin" || luhn(match[0])) found.push([kind, match[0]]);
    }
  }
  for (const match of text.matchAll(/[A-ZÀ-ÖØ-Ý][a-zà-öø-ÿ]+(?:-[A-ZÀ-ÖØ-Ý][a-zà-öø-ÿ]+)?/g)) {
    const words = match[0].split("-").map((word) => word.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase());
    const before = text.slice(Math.max(0, match.index - 14), match.index);
    const place = /(?:saint|sainte|st|ste|école|rue|salle|centre|villa|manoir|résidence|pavillon)e?s?[ -](?:de |du |la )*$/i.test(before);
    if (!place && words.every((word) => names.has(word)) && !found.some(([, passage]) => passage.includes(match[0]))) {
      found.push(["name", match[0]]);
    }
  }
  return found;
}

function luhn(text) {
  const digits = [...text].filter((char) => char >= "0" && char <= "9").map(Number).reverse();
  const total = digits.reduce((sum, digit, place) => sum + (place % 2 ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit), 0);
  return total % 10 === 0;
}
