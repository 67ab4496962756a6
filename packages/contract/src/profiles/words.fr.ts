import type { Sentence } from '../words/sentence.ts'
import type { ProfileErrors } from './errors.ts'

export const PROFILES_FR: Readonly<Record<keyof ProfileErrors, Sentence>> = {
  profile_invalid: {
    says: 'Le profil {profile} n’est pas valable : {field}.',
    hint: 'Corrigez le fichier du profil et relancez le service.',
  },
  profile_unknown: {
    says: 'Le profil {profile} n’est pas de ceux de ce service.',
    hint: 'Demandez à l’exploitant du service de remettre son fichier, ou prenez un kit d’un autre profil.',
  },
}
