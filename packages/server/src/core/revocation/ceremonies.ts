import { refuse } from '@scel/contract/errors'
import type { PersonActor } from '../actor.ts'
import type { Authority } from '../authorities/authority.ts'
import type { Hierarchy } from '../authorities/hierarchy.ts'
import type { Issuance, Recovered } from '../issuance/issuance.ts'
import type { Signers } from '../issuance/signer.port.ts'
import { may } from '../rights/rights.ts'
import type { Reading } from '../work.ts'
import type { Instant } from '../world.ts'
import type { Revocation } from './revocation.ts'

/** What only a root's key can do, and waits for somebody to bring its passphrase. */
export interface DueCeremony {
  readonly environment: Authority['environment']
  /** `list`: a root's revocation list; `authority`: one was begun and is not signed, or will soon end. */
  readonly what: 'list' | 'authority'
  /** Until when what is there holds; undefined when there is nothing. */
  readonly until?: Instant
}

/** What a ceremony did. */
export interface HeldCeremony {
  readonly recovered: Recovered
  readonly made: number
  readonly lists: number
}

/** Acts of a root: those that are due, and doing them. */
export interface Ceremonies {
  /** What waits for a person. Where roots share the secret of daily work, the desk signs their lists itself. */
  due(): Promise<DueCeremony[]>
  /** Those of their environment; undefined for whoever has no right to read of authorities what is not public. */
  dueFor(actor: PersonActor): Promise<DueCeremony[] | undefined>
  /** Does all that is due, and makes what is missing. @throws DeskError root_passphrase_needed */
  hold(): Promise<HeldCeremony>
}

interface Needs {
  readonly work: Reading
  readonly signers: Pick<Signers, 'rootCustody'>
  readonly hierarchy: Hierarchy
  readonly issuance: Pick<Issuance, 'recover'>
  readonly revocation: Pick<Revocation, 'due' | 'publishDue'>
}

export function createCeremonies({ work, signers, hierarchy, issuance, revocation }: Needs): Ceremonies {
  const due = async (): Promise<DueCeremony[]> => {
    const ending = (await hierarchy.ending()).map(({ environment, notAfter: until }) => ({ environment, until }))
    const found: DueCeremony[] = ending.map((one) => ({ ...one, what: 'authority' }))
    if ((await signers.rootCustody()) === 'shared') return found
    for (const { purpose, environment } of await work.read(({ intents }) => intents.open()))
      if (purpose.kind === 'authority') found.push({ environment, what: 'authority' })
    for (const { authority, until } of await revocation.due())
      if (authority.purpose === 'root')
        found.push({ environment: authority.environment, what: 'list', ...(until !== undefined && { until }) })
    return found
  }
  return {
    due,
    dueFor: async (actor) =>
      may(actor, 'read_authorities')
        ? (await due()).filter(({ environment }) => environment === actor.environment)
        : undefined,
    hold: async () => {
      if ((await signers.rootCustody()) === 'away') refuse('root_passphrase_needed', {})
      const recovered = await issuance.recover({ ceremonies: 'alone' })
      const made = await hierarchy.ensure('ending')
      return { recovered, made, lists: await revocation.publishDue('roots') }
    },
  }
}
