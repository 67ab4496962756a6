import type { Sentence } from '../words/sentence.ts'
import type { ApplicantErrors } from './errors.ts'

export const APPLICANTS_FR: Readonly<Record<keyof ApplicantErrors, Sentence>> = {
  applicant_signature_missing: {
    says: 'Cet appel n’est pas signé par une clé de demandeur.',
    hint: 'Utilisez la commande scel, ou signez comme l’indique la documentation.',
  },
  applicant_signature_invalid: {
    says: 'La signature du demandeur ne correspond pas à cet appel.',
    hint: 'Signez de nouveau cet appel précis ; rien n’a été modifié.',
  },
  applicant_nonce_unknown: {
    says: 'Le nonce de cet appel est trop ancien ou ne vient pas d’ici.',
    hint: 'Demandez un nouveau nonce et signez de nouveau.',
  },
  applicant_nonce_spent: {
    says: 'Cet appel signé a déjà été fait une fois.',
    hint: 'Demandez un nouveau nonce et signez de nouveau.',
  },
  applicant_key_refused: {
    says: 'La clé de demandeur n’est pas une clé P-256.',
    hint: 'Laissez la commande scel créer la clé.',
  },
  applicant_not_owner: {
    says: 'Cette demande a été faite avec une autre clé de demandeur.',
    hint: 'Utilisez l’ordinateur et le compte qui l’ont faite.',
  },
  applicant_without_certificate: {
    says: 'Cet ordinateur n’a pas de certificat valide de ce service.',
    hint: 'Demandez-en un avec « scel enrol » ; l’annuaire s’ouvre dès qu’il est là.',
  },
  applicant_blocked: {
    says: 'La clé de demandeur de cet ordinateur a été bloquée le {at, date, long}.',
    hint: 'Demandez pourquoi à votre gestionnaire d’enregistrement ; lui seul ou un administrateur peut lever le blocage.',
  },
}
