// Text as it is compared: in lower case, without accents.
export const fold = (text) => text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replaceAll("œ", "oe").toLowerCase().trim();

// Whether every word typed stands somewhere in a text that is folded already.
export const holds = (text, typed) => fold(typed).split(/\s+/).every((word) => text.includes(word));
