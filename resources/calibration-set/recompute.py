"""Works the main figures of agreement-card.json out again, from comparisons.jsonl and with the standard library alone.

    python3 recompute.py [FOLDER]     prints the figures; exits 1 where one is not what the card says, to 1e-9
"""
import json, math, os, sys
from collections import Counter, defaultdict
from statistics import NormalDist

def about(kind, **names): return json.dumps({"kind": kind, **names}, sort_keys=True)
PEOPLE = about("consensus")
def label(votes, decisions):  # more than half of the votes, else what adjudicators decided
    top = Counter(votes).most_common(1)
    if top and 2 * top[0][1] > len(votes): return top[0][0]
    return decisions.pop() if len(decisions) == 1 else None
def plurality(said):  # of the samples of one order; where none can be read, unparsed comes before error
    counts = Counter([v for v in said if v not in ("unparsed", "error")] or [max(said)])
    leaders = [v for v in counts if counts[v] == max(counts.values())]
    return leaders[0] if len(leaders) == 1 else "inconsistent"
def verdict(orders):  # what all orders agree on; one that cannot be read cannot be stood in for
    said = [plurality(samples) for samples in orders.values()]
    unread = [v for v in ("error", "unparsed") if v in said]
    return unread[0] if unread else said[0] if len(set(said)) == 1 else "inconsistent" if said else None
def kappa(cells):  # of {(row, column): count}; None where it is 0/0
    n, rows, columns = sum(cells.values()), Counter(), Counter()
    for (r, c), k in cells.items(): rows[r] += k; columns[c] += k
    expected = n * n - sum(rows[c] * columns[c] for c in rows)
    return (expected - n * sum(k for (r, c), k in cells.items() if r != c)) / expected if expected > 0 else None
def halving(agrees, inside, outside):  # the farthest place towards `outside` that still agrees
    for _ in range(200 if not agrees(outside) else 0):
        middle = (inside + outside) / 2
        inside, outside = (middle, outside) if agrees(middle) else (inside, middle)
    return outside if agrees(outside) else inside
def student(p, df):  # the quantile above one half, from the finite series for whole degrees of freedom
    def between(t):
        angle, odd = math.atan(t / math.sqrt(df)), df % 2
        term, total = (math.cos(angle) if odd else 1.0), 0.0
        for j in range(1 + odd, df, 2): total += term; term *= math.cos(angle) ** 2 * j / (j + 1)
        return 2 / math.pi * (angle + total * math.sin(angle)) if odd else total * math.sin(angle)
    return halving(lambda t: between(t) <= 2 * p - 1, 0.0, 1e4)
def score_interval(estimate, variance, items, statistic, level):  # “score, by item” in docs/statistics.md
    rows, n, whole = sum(sum(t.values()) for t in items), len(items), sum(items, Counter())
    left_out = [statistic(whole - table) for table in items]
    by_item = (n - 1) / n * sum((v - sum(left_out) / n) ** 2 for v in left_out)
    single, modelled = rows == n, variance(estimate)
    effect = rows / n if modelled <= 1e-12 else by_item * rows / modelled
    if modelled > 1e-12 and (single or effect <= 1): effect = (n * effect + 15) / (n + 15)
    reach = NormalDist().inv_cdf((1 + level) / 2) if single else student((1 + level) / 2, n - 1)
    agrees = lambda v: abs(estimate - v) <= reach * math.sqrt(effect / rows * variance(v))
    return halving(agrees, estimate, -1), halving(agrees, estimate, 1)

def two_sources(found, part, row, triples, level):  # row: the subject; triples: item, one label, the other
    items, cells, n = defaultdict(Counter), Counter((a, b) for _, a, b in triples), len(triples)
    for item, a, b in triples: items[item][a, b] += 1
    used, k = sorted({c for ab in cells for c in ab}), kappa(cells)
    subject = json.loads(row)
    between = {end: subject[end] for end in ("first", "second")} if subject["kind"] == "raters" else None
    for a in used if between or row == PEOPLE else ():
        found.update({(part, "matrix_cell", about("cell", between=between, row=a, column=b)): (cells[a, b], None) for b in used})
    share = {c: sum(cells[c, b] + cells[b, c] for b in used) / (2 * n) for c in used}
    agreement, pi = sum(cells[c, c] for c in used) / n, sum(s * s for s in share.values())
    found[part, "agreement", row] = agreement, None
    constant = any(sum(cells[c, b] for b in used) == n or sum(cells[b, c] for b in used) == n for c in used)
    if k is not None and len(items) >= 5 and not constant:
        def variance(x):  # both say the same with probability x, else each judges alone
            pull = lambda a, b: ((1 - x) * (1 + pi - share[a] - share[b]) - (a != b)) / (1 - pi)
            return sum(max(0, x * share[a] * (a == b) + (1 - x) * share[a] * share[b]) * pull(a, b) ** 2 for a in used for b in used)
        found[part, "kappa", row] = k, score_interval(k, variance, list(items.values()), kappa, level)
    if row == PEOPLE and len(used) > 1:
        ac1, scott = (pi - 1) / (len(used) - 1) + 1, (agreement - pi) / (1 - pi)
        found[part, "scotts_pi", row], found[part, "alpha", row] = (scott, None), (scott + (1 - scott) / (2 * n), None)
        found[part, "ac1", row] = 1 - (1 - agreement) / ac1, None

def main(folder):
    pairs, count, worst = [json.loads(line) for line in open(os.path.join(folder, "comparisons.jsonl"), encoding="utf-8")], 0, (0.0, "any figure")
    stated = json.load(open(os.path.join(folder, "agreement-card.json"), encoding="utf-8"))
    cards = [{**stated["cards"][0], "judge": None, "parts": stated["parts"]}, *stated["cards"]]
    weighted = any(card["isWeighted"] for card in cards)
    for card in cards:
        found, said_of, rated = {}, defaultdict(list), []
        for pair in pairs:
            item, orders = json.dumps([pair.get("prompt"), pair.get("messages"), pair.get("reference")]), defaultdict(list)
            votes = {v["rater"]: v["verdict"] for v in pair.get("human", []) if v["rater"] in card["raters"] and v["verdict"] != "skipped"}
            for j in pair.get("judge", []): orders[j["order"]].extend([j["verdict"]] if j["judge"] == card["judge"] else [])
            judged = verdict({o: samples for o, samples in orders.items() if samples and pair["id"] not in card.get("tunedOn", ())})
            people = label(list(votes.values()), {d["verdict"] for d in pair.get("adjudicated", [])})
            for row, vote in ((PEOPLE, people), *((about("rater", name=name), vote) for name, vote in votes.items())):
                if vote and judged not in (None, "unparsed", "error"): said_of["agreement", row].append((item, vote, judged))
            for a, b in ((a, b) for a in votes for b in votes if a < b): said_of["people", about("raters", first=a, second=b)].append((item, votes[a], votes[b]))
            if len(votes) > 1: rated.append((len(votes), Counter(votes.values())))
        for (part, row), triples in said_of.items():
            two_sources(found, part, row, triples, card["options"]["level"])
        agreeing = [sum(k * (k - 1) for k in said.values()) / (n * (n - 1)) for n, said in rated]
        if rated: found["people", "pairwise_agreement", about("all_raters")] = sum(agreeing) / len(rated), None
        for part in () if card["isWeighted"] else card["parts"]:
            for figure in part["figures"]:
                value, ends = found.get((part["name"], figure["measure"], json.dumps(figure["subject"], sort_keys=True)), (None, None))
                if value is None or figure["value"] is None: continue
                numbers = [figure["value"], *([figure["interval"]["low"], figure["interval"]["high"]] if ends else [])]
                name = " | ".join([card["judge"] or "people", part["name"], figure["measure"], figure["row"]])
                count, worst = count + 1, max(worst, (max(abs(a - b) for a, b in zip(numbers, [value, *(ends or ())])), name))
                print(name, value, *(ends or ()), sep=" | ")
    if weighted: print("pairs were drawn with unequal chances: the app weighs them, and this does not")
    if worst[0] > 1e-9: print(f"not what the card says: {worst[1]}")
    print(f"{count} figures, the farthest {worst[0]:.1e} from the card")
    return 0 if worst[0] <= 1e-9 and (count or weighted) else 1

if __name__ == "__main__": sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else os.path.dirname(os.path.abspath(__file__))))
