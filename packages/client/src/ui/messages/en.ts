import { DESKS_EN, DESKS_FAILURES_EN, DESKS_HELP_EN } from './desks.en.ts'
import { FAILURES_EN as GENERAL_EN } from './failures.en.ts'
import { HELP_EN as COMMANDS_HELP_EN } from './help.en.ts'
import { IDENTITIES_EN, IDENTITIES_FAILURES_EN, IDENTITIES_HELP_EN } from './identities.en.ts'
import { OBJECTS_EN } from './objects.en.ts'
import { SEALING_EN, SEALING_FAILURES_EN, SEALING_HELP_EN } from './sealing.en.ts'
import { SIGNING_EN, SIGNING_FAILURES_EN, SIGNING_HELP_EN } from './signing.en.ts'
import { TEXTS_EN as COMMANDS_EN } from './texts.en.ts'
import { WORK_EN } from './work.en.ts'
import { WORK_FAILURES_EN } from './work-failures.en.ts'

export const HELP_EN: typeof COMMANDS_HELP_EN &
  typeof SEALING_HELP_EN &
  typeof SIGNING_HELP_EN &
  typeof DESKS_HELP_EN &
  typeof IDENTITIES_HELP_EN = {
  ...COMMANDS_HELP_EN,
  ...DESKS_HELP_EN,
  ...SEALING_HELP_EN,
  ...SIGNING_HELP_EN,
  ...IDENTITIES_HELP_EN,
}

export const TEXTS_EN: typeof COMMANDS_EN &
  typeof OBJECTS_EN &
  typeof WORK_EN &
  typeof SEALING_EN &
  typeof SIGNING_EN &
  typeof DESKS_EN &
  typeof IDENTITIES_EN = {
  ...COMMANDS_EN,
  ...DESKS_EN,
  ...OBJECTS_EN,
  ...WORK_EN,
  ...SEALING_EN,
  ...SIGNING_EN,
  ...IDENTITIES_EN,
}

export const FAILURES_EN: typeof GENERAL_EN &
  typeof WORK_FAILURES_EN &
  typeof SEALING_FAILURES_EN &
  typeof SIGNING_FAILURES_EN &
  typeof DESKS_FAILURES_EN &
  typeof IDENTITIES_FAILURES_EN = {
  ...GENERAL_EN,
  ...DESKS_FAILURES_EN,
  ...WORK_FAILURES_EN,
  ...SEALING_FAILURES_EN,
  ...SIGNING_FAILURES_EN,
  ...IDENTITIES_FAILURES_EN,
}
