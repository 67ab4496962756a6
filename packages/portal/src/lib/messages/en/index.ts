import { account } from './account.ts'
import { administration } from './administration.ts'
import { audit } from './audit.ts'
import { certificates } from './certificates.ts'
import { common } from './common.ts'
import { deliveries } from './deliveries.ts'
import { files } from './files.ts'
import { requests } from './requests.ts'
import { signIn } from './sign-in.ts'

export const EN = {
  ...common,
  ...signIn,
  ...requests,
  ...certificates,
  ...administration,
  ...account,
  ...audit,
  ...deliveries,
  ...files,
} as const
