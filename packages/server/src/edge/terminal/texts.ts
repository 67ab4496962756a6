import type { Language } from '@scel/contract/errors'
import type { ConfigFault, OptionName } from '../../config/index.ts'
import { EN } from './texts.en.ts'
import { FR } from './texts.fr.ts'

/** Everything `scel-desk` says to the operator: ICU message texts. A missing translation does not compile. */
export interface Texts {
  readonly program: string
  readonly commands: {
    readonly start: string
    readonly inviteAdmin: string
    readonly acceptRestore: string
    readonly erasePerson: string
    readonly ceremony: string
    readonly migrate: string
    readonly audit: string
    readonly auditVerify: string
    readonly auditExport: string
  }
  readonly options: Readonly<
    Record<
      | OptionName
      | 'config'
      | 'environment'
      | 'adminName'
      | 'adminEmail'
      | 'yes'
      | 'person'
      | 'shown'
      | 'withoutKeys'
      | 'withoutMark'
      | 'logFile'
      | 'head'
      | 'key',
      string
    >
  >
  readonly faults: Readonly<Record<ConfigFault, string>>
  readonly refused: {
    readonly config: string
    readonly held: string
    readonly portTaken: string
    readonly portForbidden: string
    readonly address: string
    readonly desk: string
    readonly file: string
    readonly noRoom: string
    readonly descriptors: string
    readonly tooNew: string
    /** A command that a store hindered; what it had done until then stays, so none of these says that nothing was changed. */
    readonly storage_full: string
    readonly storage_unavailable: string
    readonly storage_uncertain: string
    readonly storage_altered: string
    readonly storage_damaged: string
  }
  readonly start: {
    readonly askPublicName: string
    readonly made: string
    readonly ready: string
    readonly portal: string
    readonly mutual: string
    readonly public: string
    readonly data: string
    readonly fingerprint: string
    readonly trust: string
    readonly link: string
    readonly linkOnce: string
    readonly noTrust: string
    readonly stop: string
    readonly stopping: string
    readonly stopped: string
    readonly cut: string
    readonly oldCrypto: string
  }
  readonly inviteAdmin: { readonly link: string; readonly linkOnce: string }
  readonly erasePerson: {
    readonly who: string
    readonly again: string
    readonly stays: string
    readonly ask: string
    readonly left: string
    readonly done: string
    readonly noFingerprint: string
    readonly unknown: string
    readonly unvouched: string
  }
  readonly acceptRestore: {
    readonly older: string
    readonly whole: string
    readonly unread: string
    readonly log: { readonly cut: string; readonly altered: string }
    readonly lists: string
    readonly revocations: string
    readonly others: string
    readonly lost: string
    readonly ask: string
    readonly done: string
    readonly foreign: string
    readonly unpublished: string
    readonly left: string
  }
  readonly ceremony: {
    readonly askPassphrase: string
    readonly moved: string
    readonly completed: string
    readonly made: string
    readonly lists: string
    readonly nothing: string
    readonly failed: string
    readonly restart: string
  }
  readonly migrate: { readonly done: string }
  readonly audit: {
    readonly whole: string
    readonly head: string
    readonly follows: string
    readonly unproven: string
    readonly erased: string
    readonly key: string
    readonly keyGiven: string
  }
}

export const TEXTS: Readonly<Record<Language, Texts>> = { en: EN, fr: FR }
