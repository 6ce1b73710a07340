// Every page but the form: what waits on this device leaves and is counted; the queue and what prepares a device.
import { settleIn, signedIn } from "./device/person.js";
import { prepare } from "./device/prepare.js";
import { queue } from "./device/queue.js";
import { signOfQueue } from "./device/sign.js";
import { signingOut } from "./device/signing_out.js";

signOfQueue();
signingOut();
signedIn().then((here) => {
  queue(() => (here ? here.person : ""));
  prepare();
  return settleIn();
});
