// What the server said while there was network (the form and its choices), hidden by the vault, seven days at most.
import { get as hiddenGet, put as hiddenPut, sweep } from "./hidden.js";

export const put = (person, key, value) => hiddenPut("cache", person, key, value);

export const get = (person, key) => hiddenGet("cache", person, key);

export const sweepCache = () => sweep("cache");
