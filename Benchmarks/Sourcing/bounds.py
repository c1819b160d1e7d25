#!/usr/bin/env python3
"""Computes what a clairvoyant would pay at least for each instance of the sourcing suite.

    .build/release/waybill-bench sourcing export | python3 Benchmarks/Sourcing/bounds.py > Benchmarks/Sourcing/bounds.json

Needs scipy (its `milp` is HiGHS). One parcel a site and order. Who comes is served while any site has the goods, so
which units find none does not depend on sourcing: they cost the shortage, and the rest is to be served at least cost by
somebody who knows all of it beforehand. Several orders that ask the same are one row of the program, so the program is
relaxed: its dual bound lies below every plan.
"""
import json
import math
import sys

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_matrix


def stable_hash(text):
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & 0xFFFFFFFFFFFFFFFF
    return format(value, "x")


def bound(one, seconds):
    sites, cost, upper = range(len(one["parcel"])), [], []
    rows, cols, values, low, high = [], [], [], [], []
    orders, missed = {}, 0
    left = [sum(site[sku] for site in one["stock"]) for sku in range(len(one["weights"]))]
    for region, *skus in one["orders"]:
        found = [sku for sku in skus if left[sku] > 0]
        missed += len(skus) - len(found)
        for sku in found:
            left[sku] -= 1
        if found:
            orders[(region, *found)] = orders.get((region, *found), 0) + 1

    def variable(price, most):
        cost.append(price)
        upper.append(most)
        return len(cost) - 1

    def constraint(terms, least, most):
        row = len(low)
        for column, value in terms:
            rows.append(row)
            cols.append(column)
            values.append(value)
        low.append(least)
        high.append(most)

    drawn = {}
    for (region, *skus), count in orders.items():
        parcel = [variable(one["parcel"][site][region], count) for site in sites]
        for sku in skus:
            weight = one["weights"][sku]
            served = [variable(one["unit"][site] + one["each"][site][region] * weight, count) for site in sites]
            constraint([(column, 1) for column in served], count, count)
            for site in sites:
                constraint([(served[site], 1), (parcel[site], -1)], -np.inf, 0)
                drawn.setdefault((site, sku), []).append(served[site])
    for (site, sku), columns in drawn.items():
        constraint([(column, 1) for column in columns], -np.inf, one["stock"][site][sku])
    matrix = coo_matrix((values, (rows, cols)), shape=(len(low), len(cost))).tocsr()
    whole = np.zeros(len(cost)) if seconds == 0 else np.ones(len(cost))
    found = milp(
        cost, integrality=whole, bounds=(0, np.array(upper)), constraints=LinearConstraint(matrix, low, high),
        options={"time_limit": seconds or 600, "mip_rel_gap": 1e-5})
    least = found.mip_dual_bound if found.mip_dual_bound is not None else found.fun
    base = missed * one["shortage"]
    return base + math.ceil(least - 1e-6), base + found.fun


def main():
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120
    result = {}
    for line in sys.stdin:
        if not line.startswith("{"):
            continue
        one = json.loads(line)
        least, reached = bound(one, seconds)
        result[one["name"]] = {"bound": least, "digest": stable_hash(line.rstrip("\n"))}
        print(one["name"], least, reached, file=sys.stderr, flush=True)
    print(json.dumps(result, indent=1, sort_keys=True))


if __name__ == "__main__":
    main()
