// The engine of the field journal as one bundle for the tests of tests/browser/test_field_*.py: built by them, served by
// them, never part of the product. Everything is reached as `field.<module>.<name>`.
import * as batches from "../../front/src/field/batches.js";
import * as cache from "../../front/src/field/cache.js";
import * as database from "../../front/src/field/database.js";
import * as drafts from "../../front/src/field/drafts.js";
import * as exporting from "../../front/src/field/export.js";
import * as ids from "../../front/src/field/ids.js";
import * as operations from "../../front/src/field/operations.js";
import * as outbox from "../../front/src/field/outbox.js";
import * as pause from "../../front/src/field/pause.js";
import * as profile from "../../front/src/field/profile.js";
import * as schema from "../../front/src/field/schema.js";
import * as sealing from "../../front/src/field/sealing.js";
import * as sync from "../../front/src/field/sync.js";
import * as vault from "../../front/src/field/vault.js";

globalThis.field = {
  batches, cache, database, drafts, exporting, ids, operations, outbox, pause, profile, schema, sealing, sync, vault,
};
