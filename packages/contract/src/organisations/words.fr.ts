import type { Sentence } from '../words/sentence.ts'
import type { OrganisationErrors } from './errors.ts'

export const ORGANISATIONS_FR: Readonly<Record<keyof OrganisationErrors, Sentence>> = {
  organisation_code_taken: {
    says: 'Un organisme porte déjà le code {code}.',
    hint: 'Choisissez un autre code.',
  },
  siren_invalid: {
    says: '{siren} n’est pas un numéro SIREN : sa clé de contrôle est fausse.',
    hint: 'Vérifiez les neuf chiffres.',
  },
  name_suffix_invalid: {
    says: '« {suffix} » ne peut être attribué à un organisme : {rule, select, host {ce n’est pas un nom d’hôte complet, d’au moins deux parties} registry {les noms qui en dépendent sont à beaucoup d’autres, un registre les distribue} desk {c’est un nom du service lui-même} other {{rule}}}.',
    hint: 'Donnez le nom sous lequel se trouvent les serveurs de l’organisme, par exemple example.org.',
  },
}
