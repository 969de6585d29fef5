#!/usr/bin/env python3
"""After the build: merges what the executed tests showed into target/behaviour.json, checks docs/behaviour.md against it,
and prints the closing line.   summary.py MAVEN_STATUS [--quick]"""
import collections
import glob
import json
import os
import re
import sys
import xml.etree.ElementTree as xml

status = int(sys.argv[1])
quick = "--quick" in sys.argv
passed = failed = skipped = 0
reasons = {}  # class of skipped tests -> why
for report in glob.glob("*/target/surefire-reports/TEST-*.xml"):
    suite = xml.parse(report).getroot()
    bad = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    passed += int(suite.get("tests", 0)) - bad - int(suite.get("skipped", 0))
    failed += bad
    skipped += int(suite.get("skipped", 0))
    for test in suite.iter("testcase"):
        skip = test.find("skipped")
        if skip is not None:
            reason = (skip.get("message") or skip.text or "no reason given").split("\n")[0]
            reasons[test.get("classname").split(".")[-1]] = reason.split("Assumption failed: ")[-1]

# all output of the tests was searched for the passwords, codes and tokens that they used
secrets = 0
leaked = False
for outcome in glob.glob("*/target/output/*.json"):
    with open(outcome, encoding="utf-8") as found:
        check = json.load(found)
    secrets += check["secrets"]
    for leak in check["leaks"]:
        leaked = True
        print(f"{outcome}: the tests printed a secret, line {leak['line']}, SHA-256 {leak['sha256']}")
if not quick and secrets == 0:
    leaked = True
    print("No secret was looked for in the tests' output.")
passed, failed = (passed, failed + 1) if leaked else (passed + 1, failed)

# a test that ran on several engines counts as passed only if every run passed
runs = {}
for fragment in sorted(glob.glob("*/target/behaviour/*.jsonl")):
    with open(fragment, encoding="utf-8") as lines:
        for entry in (json.loads(line) for line in lines if line.strip()):
            key = (entry["id"], entry["clause"], entry["test"])
            if runs.setdefault(key, entry)["result"] == "passed":
                runs[key] = entry
shown = list(runs.values())
os.makedirs("target", exist_ok=True)
with open("target/behaviour.json", "w", encoding="utf-8") as out:
    json.dump(shown, out, indent=1, ensure_ascii=False)


def page(entries):
    """docs/behaviour.md: what is promised, and the test that shows it."""
    text = [
        "# What Gatehouse promises, and the test that shows it",
        "",
        "Written by the build from the tests that ran (`scripts/summary.py`); `./gatehouse test` fails when this page and the tests differ.",
        "To renew it after a full run: `scripts/summary.py 0 --write`.",
    ]
    by_id = collections.defaultdict(list)
    for entry in entries:
        by_id[entry["id"]].append(entry)
    for key in sorted(by_id):
        text += ["", f"## {key}", ""]
        for entry in sorted(by_id[key], key=lambda e: (e["test"], e["clause"])):
            text.append(f"- {entry['clause']} (`{entry['test'].split('.')[-1]}`)")
    return "\n".join(text) + "\n"


def excused(line):
    """Whether the line of the page is one of a class whose tests could not run here."""
    tests = set(reasons)
    if "NodeClientsTest" in tests:
        tests |= {os.path.basename(file).removesuffix(".test.js") for file in glob.glob("conformance/node/test/*.test.js")}
    shown_by = re.search(r"\(`([^`#]+)[^`]*`\)$", line)
    return shown_by.group(1) in tests if shown_by else bool(tests)


for test, reason in sorted(reasons.items()):
    print(f"skipped: {test}: {reason}")
if not quick:
    expected = page([entry for entry in shown if entry["result"] == "passed"])
    if "--write" in sys.argv:
        open("docs/behaviour.md", "w", encoding="utf-8").write(expected)
    actual = open("docs/behaviour.md", encoding="utf-8").read() if os.path.exists("docs/behaviour.md") else ""
    was, now = set(actual.split("\n")), set(expected.split("\n"))
    unshown = sorted(line for line in was - now if not excused(line))
    if unshown or now - was or (actual != expected and not reasons):
        failed += 1
        print("docs/behaviour.md does not fit the tests that ran:")
        for line in unshown:
            print("  promised, not shown:", line)
        for line in sorted(now - was):
            print("  shown, not promised:", line)
    else:
        passed += 1
if status != 0 and failed == 0:
    failed = 1
    print("The build failed outside the tests; see above.")
print(f"{passed} passed, {failed} failed" + (f", {skipped} skipped" if skipped else ""))
sys.exit(1 if failed or status else 0)
