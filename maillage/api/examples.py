"""Examples of the OpenAPI document. Keys and contents are invented."""

from typing import Any

DEVICE: dict[str, Any] = {
    "device": "b7f1a1de-3f63-4c0d-9a70-6f0d8f4f2b11",
    "public_key": "BHWlO4nh0S8yKm4k2o3XzV2mYq5cD0Qm3p8e7gJcXl2bqv0H5rVtq2gGm1yN8wWk4Z6uT9sE3fLr7aPdC1xIoKs",
    "label": "Téléphone de terrain",
}
OPERATION: dict[str, Any] = {
    "op": "6a1d4f3e-97a2-4d52-8a3a-0c5a9c1f7e20",
    "seq": 12,
    "entry": "0191e3a4-6f0b-7c3e-9d55-0b6b1f6a2c11",
    "kind": "create",
    "base": 0,
    "program": "entente-en-cours",
    "schema": 1,
    "made": "2026-11-21T09:12:03.120-05:00",
    "seal": "",
    "body": "eyJmaWVsZHMiOnsiZGF0ZSI6IjIwMjYtMTEtMjAiLCJuYXR1cmUiOiJpbmRpdmlkdWFsIiwicGVyc29ucyI6IjEifSwi"
    "YWNrbm93bGVkZ2VkIjpmYWxzZX0",
    "signature": "3q2-7w3q2-7w3q2-7w3q2-7w3q2-7w3q2-7w3q2-7w3q2-7w3q2-7w3q2-7w3q2-7w3q2-7w3q2-7w3q2-7w3q",
    "age": 5320,
}
BATCH: dict[str, Any] = {
    "device": DEVICE["device"],
    "epoch": "0c0f2f0e-8d6f-4f0e-b1c4-2a7b6d0f6f55",
    "report": {"clock": "2026-11-21T09:20:00-05:00", "waiting": 0, "oldest": 8, "persisted": True, "app": "0.1.0"},
    "ops": [OPERATION],
}
