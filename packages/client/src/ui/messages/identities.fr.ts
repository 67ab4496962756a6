import type { Sentence } from '@scel/contract/errors'
import type { IDENTITIES_FAILURES_EN } from './identities.en.ts'

/** Ce qui échoue avec les clés et certificats qu’aucun service ne connaît : ils viennent d’ailleurs, ou y vont. */
export const IDENTITIES_FAILURES_FR: Readonly<Record<keyof typeof IDENTITIES_FAILURES_EN, Sentence>> = {
  adopted_key_other: {
    says: 'la clé n’est pas celle du certificat',
    hint: 'comparez les deux avec scel key match, et donnez ceux qui vont ensemble',
  },
  adopted_certificate_other: {
    says: 'cette clé est déjà dans {place}, avec un autre certificat',
    hint: 'ajoutez --replace si le nouveau doit prendre sa place : ce qui a été scellé pour l’actuel pourrait alors ne plus y mener',
  },
  adopted_elsewhere: {
    says: 'cette clé est notée comme étant dans {place}',
    hint: 'elle est notée pour un seul jeton : pour l’avoir dans un autre, déplacez d’abord {folder}',
  },
  certificates_too_large: {
    says: 'les certificats dépassent {limit} octets',
    hint: 'vérifiez que c’est le bon fichier : aucun certificat en usage n’est aussi long',
  },
}
