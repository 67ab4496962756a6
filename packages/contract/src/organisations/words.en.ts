import type { Sentence } from '../words/sentence.ts'
import type { OrganisationErrors } from './errors.ts'

export const ORGANISATIONS_EN: Readonly<Record<keyof OrganisationErrors, Sentence>> = {
  organisation_code_taken: {
    says: 'There is already an organisation with the code {code}.',
    hint: 'Choose another code.',
  },
  siren_invalid: {
    says: '{siren} is not a SIREN number: its check digit is wrong.',
    hint: 'Check the nine digits.',
  },
  name_suffix_invalid: {
    says: '“{suffix}” cannot be given to an organisation: {rule, select, host {it is not a full host name of at least two parts} registry {names below it belong to many, as a registry gives them out} desk {it is a name of the desk itself} other {{rule}}}.',
    hint: 'Give the name under which the organisation’s servers stand, such as example.org.',
  },
}
