// The entry form, and the page that opens it without network. The same rules and template serve without this script.
import { freshForm } from "./entry/fresh.js";
import { dropSavedDraft } from "./entry/draft.js";
import { setUp } from "./entry/form.js";
import { shell } from "./entry/shell.js";
import { settleIn, signedIn } from "./device/person.js";
import { hintToPrepare } from "./device/prepare.js";
import { signOfQueue } from "./device/sign.js";
import { signingOut } from "./device/signing_out.js";

const part = document.getElementById("entry-part");
const saved = document.getElementById("entry-saved");
const offline = document.getElementById("offline-shell");
if (offline) shell(offline);
else {
  const ready = signedIn();
  if (part) setUp(part, { ready, again: (data) => freshForm(data.person, data.program.slug) });
  if (saved) ready.then(() => dropSavedDraft(saved.dataset));
  hintToPrepare();
  signOfQueue();
  signingOut();
  ready.then(settleIn);
}
