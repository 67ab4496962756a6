import type { CommandEntry, CommandGroup } from './input/command.ts'

export type { Command, CommandArgument, CommandEntry, CommandGroup, CommandOption } from './input/command.ts'
export { Given } from './input/given.ts'

/**
 * Every command of `scel`, in the order in which people meet them. Only the one that is called is loaded: most of the
 * time that a short command takes is that of reading its code.
 */
export const COMMANDS: readonly (CommandEntry | CommandGroup)[] = [
  { name: 'enrol', help: 'enrol', load: async () => (await import('./desk/enrol.ts')).enrol },
  { name: 'requests', help: 'requests', load: async () => (await import('./desk/requests.ts')).requests },
  { name: 'get', help: 'get', load: async () => (await import('./desk/get.ts')).get },
  { name: 'test', help: 'test', load: async () => (await import('./desk/test.ts')).test },
  { name: 'subject', help: 'subject', load: async () => (await import('./desk/subject.ts')).subject },
  { name: 'cancel', help: 'cancel', load: async () => (await import('./desk/cancel.ts')).cancel },
  { name: 'trust', help: 'trust', load: async () => (await import('./desk/trust.ts')).trust },
  {
    name: 'desk',
    help: 'desk',
    commands: [
      { name: 'list', help: 'desk_list', load: async () => (await import('./desk/desk-list.ts')).deskList },
      { name: 'forget', help: 'desk_forget', load: async () => (await import('./desk/desk-forget.ts')).deskForget },
    ],
  },
  { name: 'list', help: 'list', load: async () => (await import('./identities/list.ts')).list },
  { name: 'import', help: 'import', load: async () => (await import('./identities/import.ts')).importCommand },
  { name: 'export', help: 'export', load: async () => (await import('./identities/export.ts')).exportCommand },
  { name: 'seal', help: 'seal', load: async () => (await import('./files/seal.ts')).seal },
  { name: 'open', help: 'open', load: async () => (await import('./files/open.ts')).open },
  { name: 'sign', help: 'sign', load: async () => (await import('./files/sign.ts')).sign },
  {
    name: 'verify-signature',
    help: 'verify_signature',
    load: async () => (await import('./files/verify-signature.ts')).verifySignature,
  },
  { name: 'timestamp', help: 'timestamp', load: async () => (await import('./files/timestamp.ts')).timestamp },
  { name: 'inspect', help: 'inspect', load: async () => (await import('./objects/inspect.ts')).inspect },
  { name: 'verify', help: 'verify', load: async () => (await import('./objects/verify.ts')).verify },
  { name: 'convert', help: 'convert', load: async () => (await import('./objects/convert.ts')).convert },
  {
    name: 'key',
    help: 'key',
    commands: [
      { name: 'new', help: 'key_new', load: async () => (await import('./objects/key-new.ts')).keyNew },
      { name: 'public', help: 'key_public', load: async () => (await import('./objects/key-public.ts')).keyPublic },
      {
        name: 'fingerprint',
        help: 'key_fingerprint',
        load: async () => (await import('./objects/key-fingerprint.ts')).keyFingerprint,
      },
      { name: 'match', help: 'key_match', load: async () => (await import('./objects/key-match.ts')).keyMatch },
      { name: 'convert', help: 'key_convert', load: async () => (await import('./objects/key-convert.ts')).keyConvert },
    ],
  },
  {
    name: 'csr',
    help: 'csr',
    commands: [
      { name: 'new', help: 'csr_new', load: async () => (await import('./objects/csr-new.ts')).csrNew },
      { name: 'show', help: 'csr_show', load: async () => (await import('./objects/csr-show.ts')).csrShow },
    ],
  },
  { name: 'lint', help: 'lint', load: async () => (await import('./objects/lint.ts')).lint },
]
