import { cancel } from './cancel.ts'
import type { Command, CommandGroup } from './command.ts'
import { convert } from './convert.ts'
import { csr } from './csr.ts'
import { enrol } from './enrol.ts'
import { get } from './get.ts'
import { inspect } from './inspect.ts'
import { key } from './key.ts'
import { lint } from './lint.ts'
import { open } from './open.ts'
import { requests } from './requests.ts'
import { seal } from './seal.ts'
import { sign } from './sign.ts'
import { subject } from './subject.ts'
import { test } from './test.ts'
import { timestamp } from './timestamp.ts'
import { trust } from './trust.ts'
import { verify } from './verify.ts'
import { verifySignature } from './verify-signature.ts'

export type { Command, CommandArgument, CommandGroup, CommandOption } from './command.ts'
export { Given } from './given.ts'
export { openSession, type Session } from './session.ts'

/** Every command of `scel`, in the order in which people meet them. */
export const COMMANDS: readonly (Command | CommandGroup)[] = [
  ...[enrol, requests, get, test, subject, cancel, trust],
  ...[seal, open],
  ...[sign, verifySignature, timestamp],
  ...[inspect, verify, convert, key, csr, lint],
]
