import type { Sentence } from '../words/sentence.ts'
import type { KitErrors } from './errors.ts'

export const KITS_FR: Readonly<Record<keyof KitErrors, Sentence>> = {
  kit_unknown: {
    says: 'Ce kit d’enrôlement est inconnu ici.',
    hint: 'Utilisez le fichier de kit remis par votre administrateur, pour le bon environnement.',
  },
  kit_expired: {
    says: 'Ce kit d’enrôlement a expiré le {at, date, long}.',
    hint: 'Demandez un nouveau kit à votre administrateur.',
  },
  kit_withdrawn: {
    says: 'Ce kit d’enrôlement a été retiré le {at, date, long}.',
    hint: 'Demandez un nouveau kit à votre administrateur.',
  },
  kit_used_up: {
    says: 'Ce kit d’enrôlement a déjà servi {uses, plural, one {la # fois} other {les # fois}} qu’il permet.',
    hint: 'Demandez un nouveau kit à votre administrateur.',
  },
  kit_altered: {
    says: 'Le fichier du kit d’enrôlement a été modifié ({field}).',
    hint: 'Utilisez le fichier tel que votre administrateur l’a remis, sans le changer.',
  },
  standing_approval_not_for_profile: {
    says: 'Le profil {profile} ne permet pas d’approbation permanente : quelqu’un doit regarder chaque demande.',
    hint: 'Retirez l’approbation permanente, ou choisissez un autre profil.',
  },
  profile_not_for_kits: {
    says: 'Le profil {profile} n’est pas de ceux qu’un kit peut demander.',
    hint: 'Choisissez un profil de machines ou de services.',
  },
}
