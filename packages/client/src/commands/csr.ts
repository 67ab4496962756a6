import type { CommandGroup } from './command.ts'
import { csrNew } from './csr-new.ts'
import { csrShow } from './csr-show.ts'

/** `scel csr`: certificate requests for any authority. `scel enrol` makes those for a desk. */
export const csr: CommandGroup = { name: 'csr', help: 'csr', commands: [csrNew, csrShow] }
