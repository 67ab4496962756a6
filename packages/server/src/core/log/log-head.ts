import type * as contract from '@scel/contract/values'
import { toHex } from '@scel/pki/bytes'
import type { PersonActor } from '../actor.ts'
import { requireRight } from '../rights/rights.ts'
import type { Work } from '../work.ts'
import type { Pushed } from './push.ts'

/** What people see of the tree: its newest signed head, and how far the log has gone since. */
export interface LogHead {
  /** @throws DeskError not_allowed */
  head(actor: PersonActor): Promise<contract.LogHead>
}

interface Needs {
  readonly work: Work
  readonly pushed: () => Promise<readonly Pushed[]>
}

export function createLogHead({ work, pushed }: Needs): LogHead {
  return {
    head: async (actor) => {
      requireRight(actor, 'read_log')
      const { signed, placed, waiting } = await work.read(async ({ log }) => ({
        signed: await log.newestSigned(),
        placed: await log.placed(),
        waiting: (await log.waiting(0, MOST)).length,
      }))
      return {
        ...(signed?.note !== undefined && {
          head: { size: signed.size, at: signed.at, root: toHex(signed.root), note: signed.note },
        }),
        waiting: placed - (signed?.size ?? 0) + waiting,
        pushed: (await pushed()).map((one) => ({ ...one })),
      }
    },
  }
}

/** Lines that are counted; more are as many as this. */
const MOST = 1_000
