"""What docs/cuenv.schema.json says of a document: the few words of JSON Schema that it uses, and that nothing else is printed."""
import json
import re
from pathlib import Path

SCHEMA = json.loads((Path(__file__).resolve().parents[1] / "docs/cuenv.schema.json").read_text())
TYPES = {"object": dict, "array": list, "string": str, "boolean": bool, "null": type(None), "integer": int, "number": (int, float)}
KNOWN = {"$ref", "$schema", "$defs", "title", "description", "type", "const", "enum", "pattern", "required", "properties", "items",
         "additionalProperties"}


def is_a(value, name):
    return isinstance(value, TYPES[name]) and (name not in ("integer", "number") or not isinstance(value, bool))


def faults(value, schema=None, path="", seen=None):
    """All that is wrong with a document; seen gets the path of every field that is there, through the names of nouns."""
    schema = SCHEMA if schema is None else schema
    if set(schema) - KNOWN:
        yield f"{path}: this program does not know {set(schema) - KNOWN}"
    if "$ref" in schema:
        name = schema["$ref"].removeprefix("#/$defs/")
        yield from faults(value, SCHEMA["$defs"][name], f"#{name}" if seen is not None else path, seen)
        return
    types = schema.get("type", [])
    if types and not any(is_a(value, name) for name in ([types] if isinstance(types, str) else types)):
        yield f"{path} is {value!r}, no {types}"
        return
    if "const" in schema and value != schema["const"] or "enum" in schema and value not in schema["enum"]:
        yield f"{path} is {value!r}, none of {schema.get('enum', schema.get('const'))}"
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{path} is {value!r}, which is not as {schema['pattern']}"
    if isinstance(value, list):
        for item in value:
            yield from faults(item, schema["items"], f"{path}[]", seen)
    if not isinstance(value, dict):
        return
    yield from (f"{path} lacks {name}" for name in schema.get("required", []) if name not in value)
    for name, inner in value.items():
        rule = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
        if seen is not None and name in schema.get("properties", {}):
            seen.add(f"{path}.{name}" if path else name)
        if rule is None:
            yield f"{path}.{name} is printed, and the schema does not tell of it"
        else:
            yield from faults(inner, rule, f"{path}.{name}" if path else name, seen)


def declared(schema=None, path=""):
    """The paths of all fields that the schema tells of, as in seen."""
    schema = SCHEMA if schema is None else schema
    for name, inner in schema.get("properties", {}).items():
        here = f"{path}.{name}" if path else name
        yield here
        yield from declared(inner, here)
    if "items" in schema:
        yield from declared(schema["items"], f"{path}[]")
    for name, inner in schema.get("$defs", {}).items():
        yield from declared(inner, f"#{name}")
