import type { DeskWord } from '@scel/contract/kit'
import type { StoreType } from '@scel/contract/values'
import type { DeskClient } from '../../enrol/desk-client.ts'
import type { KnownWord } from '../../enrol/present-word.ts'
import { type Identities, openIdentities } from '../../identities/identities.ts'
import type { KeyStore, StorePlace } from '../../keystores/index.ts'
import type { Machine } from '../../machine/index.ts'
import type { Outside } from '../../outside.ts'
import type { ApplicantKey } from '../../state/applicant-key.ts'
import type { DeskRecord } from '../../state/desk-record.ts'
import { type Desks, openDesks } from '../../state/open-desks.ts'
import type { Paths } from '../../state/paths.ts'
import { requestContentOf } from '../../state/record-changes.ts'
import { rememberWord } from '../../state/remember-word.ts'
import { wordAge } from '../../state/word-age.ts'
import { stop } from '../../ui/cli-error.ts'
import type { Voice } from '../../ui/voice.ts'

/** What a command works with. */
export interface Session {
  readonly outside: Outside
  readonly voice: Voice
  readonly paths: Paths
  readonly desks: Desks
  readonly identities: Identities
  /** Finds out what this computer is. */
  machine(): Promise<Machine>
  applicant(): Promise<ApplicantKey>
  desk(record: Pick<DeskRecord, 'desk' | 'roots' | 'saidAt' | 'places'>): Promise<DeskClient>
  /** What a desk says of itself now, asked for where it is known to be or to have been. @throws as `presentWord` */
  word(known: KnownWord): Promise<DeskWord>
  /** The one in which a key is to be made: as `--store` names it, else the usual one. @throws store_unsupported */
  chosenStore(scope: StoreType, name: string | undefined): Promise<KeyStore>
  /** The one that holds a key made for a desk; where none does, the usual one. */
  storeHolding(scope: StoreType, desk: string, key: string): Promise<KeyStore>
  /** @throws interrupted after Ctrl-C */
  checkpoint(): void
}

export interface SessionParts {
  readonly outside: Outside
  readonly voice: Voice
  readonly paths: Paths
  readonly machine: () => Promise<Machine>
}

/** By what is remembered of a desk, where its word is asked for. */
export const knownOf = ({
  desk: { id, services },
  saidAt,
  places = [],
}: Pick<DeskRecord, 'desk' | 'saidAt' | 'places'>): KnownWord => ({ id, services, saidAt, places })

/** What few commands need is loaded when it is asked for: the client of the desk comes with every route. */
export function openSession({ outside, voice, paths, machine }: SessionParts): Session {
  let applicant: Promise<ApplicantKey> | undefined
  const openApplicant = (): Promise<ApplicantKey> => {
    applicant ??= import('../../state/applicant-key.ts').then(({ applicantKey }) => applicantKey(paths.applicantKey))
    return applicant
  }
  const { terminal } = outside
  const askPin = async (token: string): Promise<string> => {
    const { terminalPrompts } = await import('../../ui/prompts.ts')
    return terminalPrompts(terminal!, outside.signal, voice).secret(voice.plain('ask_pin', { token }), () => undefined)
  }
  const placeOf = (scope: StoreType): StorePlace => ({
    ...{ scope, paths, platform: outside.platform },
    ...(terminal && { askPin }),
  })
  const word = async (known: KnownWord): Promise<DeskWord> => {
    const { presentWord } = await import('../../enrol/present-word.ts')
    return presentWord(known, { language: voice.language, signal: outside.signal, now: () => outside.now() })
  }
  const stores = async (scope: StoreType): Promise<readonly KeyStore[]> => {
    const { knownStores } = await import('../../keystores/index.ts')
    return knownStores(placeOf(scope))
  }
  return {
    outside,
    voice,
    paths,
    desks: openDesks(paths),
    identities: openIdentities({ stores, complain: (error, folder) => voice.complaint(error, `${folder}: `) }),
    machine,
    applicant: openApplicant,
    word,
    async desk(desk) {
      const { DeskClient } = await import('../../enrol/desk-client.ts')
      return new DeskClient({
        desk,
        wordAge: () => wordAge(desk, outside.now()),
        renew: async () => {
          const said = await word(knownOf(desk))
          return { ...requestContentOf(said), keep: () => rememberWord(paths, said, outside.now()) }
        },
        applicant: openApplicant,
        language: voice.language,
        signal: outside.signal,
        now: () => outside.now(),
      })
    },
    async chosenStore(scope, name) {
      const { chosenStore } = await import('../../keystores/index.ts')
      return chosenStore(name, placeOf(scope))
    },
    async storeHolding(scope, desk, key) {
      const { storeHolding } = await import('../../keystores/index.ts')
      return storeHolding(desk, key, placeOf(scope))
    },
    checkpoint() {
      if (outside.signal.aborted) stop('interrupted')
    },
  }
}
