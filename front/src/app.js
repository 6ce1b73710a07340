// Every page: exchanges of fragments, and the few gestures that HTML does not have.
import htmx from "htmx.org/dist/htmx.esm.js";
import { counters } from "./app/counters.js";
import { dialogs } from "./app/dialogs.js";
import { disclosures } from "./app/disclosures.js";
import { exchanges } from "./app/exchanges.js";
import { fileDrops } from "./app/file_drops.js";
import { lines } from "./app/lines.js";
import { sections } from "./app/sections.js";
import { sharing } from "./app/sharing.js";
import { signingOut } from "./app/signing_out.js";
import { keptForms } from "./app/kept_forms.js";
import { unsavedForms } from "./app/unsaved_forms.js";
import { used, worker } from "./app/worker.js";

window.htmx = htmx;
exchanges();
counters();
dialogs();
disclosures();
fileDrops();
lines();
sections();
sharing();
unsavedForms();
keptForms();
signingOut();
worker();

// The journal's own script comes last: it serves whoever is signed in, and devices where something was written.
const late = document.querySelector("[data-script]");
if (late && !document.querySelector("[data-own-script]") && (document.body.dataset.person || used())) import(late.dataset.script);
