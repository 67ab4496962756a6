import type { Sentence } from '../words/sentence.ts'
import type { CredentialErrors } from './errors.ts'

export const CREDENTIALS_FR: Readonly<Record<keyof CredentialErrors, Sentence>> = {
  credential_ended: {
    says: 'Il a été mis fin à ce moyen de connexion le {at, date, long}.',
    hint: 'Connectez-vous avec un autre de vos certificats, ou demandez un nouveau lien à un administrateur.',
  },
}
