import { RIGHTS_FR, STRENGTHS_FR } from '../rights/words.fr.ts'
import { select } from '../words/select.ts'
import type { Sentence } from '../words/sentence.ts'
import type { CredentialErrors } from './errors.ts'

export const CREDENTIALS_FR: Readonly<Record<keyof CredentialErrors, Sentence>> = {
  credentials_too_many: {
    says: 'Vous vous connectez déjà avec {most} ordinateurs, et nul n’en a davantage.',
    hint: 'Sous « Mes connexions », mettez fin à ceux que vous n’utilisez plus.',
  },
  credential_ended: {
    says: 'Il a été mis fin à ce moyen de connexion le {at, date, long}.',
    hint: 'Connectez-vous autrement, ou demandez un nouveau lien à un administrateur.',
  },
  strength_needed: {
    says: `Votre connexion établit qui vous êtes avec un niveau de garantie ${select('have', STRENGTHS_FR)} ; il faut un niveau ${select('needed', STRENGTHS_FR)} pour exercer le droit ${select('right', RIGHTS_FR)}.`,
    hint: 'Connectez-vous par un autre moyen qui le donne, comme votre certificat, sur un ordinateur qui l’a.',
  },
  sign_in_link_unknown: {
    says: 'Ce lien de connexion n’est plus connu.',
    hint: 'Faites-en un nouveau là où vous vous connectez autrement que par un lien ; un nouveau lien remplace l’ancien.',
  },
  sign_in_link_expired: {
    says: 'Ce lien de connexion a expiré le {at, date, long}.',
    hint: 'Faites-en un nouveau là où vous vous connectez autrement que par un lien.',
  },
  sign_in_link_spent: {
    says: 'Ce lien de connexion a déjà servi le {at, date, long}.',
    hint: 'Si ce n’était pas vous, connectez-vous tout de suite, autrement que par un lien, et fermez cette session sous « Mes connexions ». Si c’était vous, faites un nouveau lien.',
  },
}
