"""Answers one command of a witness: JSON comes on standard input, the last line printed is the answer."""

import json
import sys


def answer(**commands):
    sys.stdin.reconfigure(encoding="utf-8")
    sys.stdout.reconfigure(encoding="utf-8")
    result = commands[sys.argv[1]](json.load(sys.stdin))
    print("\n" + json.dumps(result, ensure_ascii=True))


def lines(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]
