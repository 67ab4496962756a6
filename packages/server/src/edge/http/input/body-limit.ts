import type { Route } from '@scel/contract/routes'
import { limitsOf, octetsOf } from './input-limits.ts'

/** 16 KiB, for who calls what has no route too. */
export const BODY_LIMIT = 16_384

/** Octets that a body of the route may have: as many as the contract asks for, where that is more. */
export const bodyLimitOf = ({ body }: Route): number => Math.max(BODY_LIMIT, body ? octetsOf(limitsOf(body)) : 0)
