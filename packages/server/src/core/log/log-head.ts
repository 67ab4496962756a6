import type * as contract from '@scel/contract/values'
import { toHex } from '@scel/pki/bytes'
import type { PersonActor } from '../actor.ts'
import { requireRight } from '../rights/rights.ts'
import type { Work } from '../work.ts'
import type { LogDuty } from './duty.ts'
import type { Pushed } from './push.ts'

/** What people see of the tree: its newest signed head, and how far the log has gone since. */
export interface LogHead {
  /** @throws DeskError not_allowed */
  head(actor: PersonActor): Promise<contract.LogHead>
}

interface Needs {
  readonly work: Work
  /** What is known to be signed by the desk. */
  readonly newest: LogDuty['newest']
  readonly pushed: () => Promise<readonly Pushed[]>
}

export function createLogHead({ work, newest, pushed }: Needs): LogHead {
  return {
    head: async (actor) => {
      requireRight(actor, 'read_log')
      const signed = await newest()
      const { placed, waiting } = await work.read(async ({ log }) => ({
        placed: await log.placed(),
        waiting: (await log.waiting(0, MOST)).length,
      }))
      return {
        ...(signed && {
          head: { size: signed.size, at: signed.at, root: toHex(signed.root), note: signed.note },
        }),
        waiting: Math.max(0, placed - (signed?.size ?? 0)) + waiting,
        pushed: (await pushed()).map((one) => ({ ...one })),
      }
    },
  }
}

/** Lines that are counted; more are as many as this. */
const MOST = 1_000
