// Names compared under the budget. Text is prepared before it is compared, attribute by attribute and, within a step,
// each with each, so one comparison of two large names costs as much as thousands of small ones.

import { equal } from '../bytes/index.ts'
import type { Name } from '../x509/index.ts'
import { isWithin, sameName } from '../x509/index.ts'
import type { Budget } from './budget.ts'

/** Whether two names are the same. @throws path_too_costly */
export function same(a: Name, b: Name, budget: Budget): boolean {
  // Paid before anything is looked at: octets of one length are compared to the first that differs.
  budget.spend('nameComparisons', a.der.length === b.der.length ? lengthCost(a.der.length) : 1)
  if (equal(a.der, b.der)) return true
  if (a.rdns.length !== b.rdns.length) return false
  budget.spend('nameComparisons', costOf(a, b))
  return sameName(a, b)
}

/** Whether `name` lies in the subtree of `base`. @throws path_too_costly */
export function inSubtree(name: Name, base: Name, budget: Budget): boolean {
  budget.spend('nameComparisons', costOf(name, base))
  return isWithin(name, base)
}

function costOf(a: Name, b: Name): number {
  let pairs = 1
  for (let i = Math.min(a.rdns.length, b.rdns.length); i-- > 0; ) pairs += a.rdns[i]!.length * b.rdns[i]!.length - 1
  return pairs * lengthCost(a.der.length + b.der.length)
}

/** 1 for what fits a distinguished name that a person wrote, twice. */
export const lengthCost = (octets: number): number => 1 + (octets >> 9)
