import type { Sentence } from '@scel/contract/errors'
import type { IDENTITIES_EN, IDENTITIES_FAILURES_EN, IDENTITIES_HELP_EN } from './identities.en.ts'

/** Ce qui se dit des clés et certificats dans les magasins de cette machine, venus des services ou d’ailleurs. */
export const IDENTITIES_FR: Readonly<Record<keyof typeof IDENTITIES_EN, string>> = {
  label_for: 'pour',
  label_chain: 'chaîne',
  label_place: 'emplacement',
  label_name: 'nom',
  use_sign: 'signer',
  use_open: 'ouvrir ce qui a été scellé',
  use_client: 'se faire reconnaître (client TLS)',
  use_server: 'un serveur (TLS)',
  use_none: 'rien de ce que fait scel',
  list_none:
    'cette machine n’a encore aucun certificat avec sa clé : demandez-en un avec scel enrol, ou apportez-en un avec scel import',
  list_former: '{name} (ancien)',
  list_from_elsewhere: 'aucun : importé',
  import_done: '{name} : importé',
  import_again: '{name} : est déjà ici, rien n’a changé',
  import_reordered:
    'les certificats n’étaient pas dans l’ordre, le certificat d’abord et chaque autorité après ce qu’elle a signé : c’est rétabli',
  import_chain_missing:
    'le certificat de {issuer}, qui l’a émis, manque : ceux qui vérifient pourraient ne pas trouver le chemin ; ajoutez-le avec --chain FICHIER',
  import_chain_ends: 'la chaîne s’arrête à {last} ; {issuer}, qui a émis celui-ci, n’y est pas',
  import_strangers:
    '{count, plural, one {# certificat n’est pas de la chaîne et a été laissé} other {# certificats ne sont pas de la chaîne et ont été laissés}} de côté : {names}',
  import_elsewhere: 'la même clé se trouve aussi ailleurs sur cette machine : {places}',
}

export const IDENTITIES_HELP_FR: Readonly<Record<keyof typeof IDENTITIES_HELP_EN, string>> = {
  list: 'lister les certificats dont cette machine a la clé : de qui, jusqu’à quand, pour quoi',
  import: 'apporter dans un magasin de cette machine une clé et un certificat faits ailleurs',
  import_file:
    'un fichier .p12 ou .pfx, ou du PEM avec la clé, son certificat et ceux au-dessus ; - pour l’entrée standard',
  import_key: 'fichier de la clé privée, quand FICHIER ne la contient pas',
  import_chain: 'fichier de certificats au-dessus, peut être répété',
  import_store: 'magasin où vivra la clé : file (par défaut), ou l’URI PKCS #11 d’un jeton, dont elle ne sortira plus',
  import_machine: 'dans le magasin de la machine, non de cet utilisateur',
  import_replace: 'à la place d’un autre certificat de la même clé',
  export: 'écrire dans un fichier un certificat de cette machine avec sa chaîne, et sa clé privée si vous le demandez',
  identity_which:
    'quel certificat : numéro de sa demande, adresse électronique, nom ou début de son empreinte, comme scel list les montre',
  test_anchor: 'avec --url : fichier d’une autorité dont peut être le serveur de là-bas, peut être répété',
  export_name:
    'lequel : adresse électronique, nom, numéro de la demande ou début de l’empreinte, comme scel list les montre (par défaut : le seul)',
  export_to: 'cer (le certificat seul), pem (avec sa chaîne, par défaut) ou p7b (avec sa chaîne et sa racine)',
  export_with_key: 'écrire un fichier .p12 avec la clé privée, sous une phrase de passe que vous choisissez',
  export_device: 'avec --with-key : ce qui doit ouvrir le fichier (par défaut : les programmes actuels)',
}

export const IDENTITIES_FAILURES_FR: Readonly<Record<keyof typeof IDENTITIES_FAILURES_EN, Sentence>> = {
  test_needs_url: {
    says: 'ce certificat vient d’ailleurs : aucun service n’est connu où l’essayer',
    hint: 'donnez avec --url l’adresse https d’un serveur qui l’accepte',
  },
  no_identity: {
    says: 'cette machine n’a aucun certificat avec sa clé',
    hint: 'demandez-en un avec scel enrol, ou apportez-en un avec scel import',
  },
  identity_unknown: {
    says: 'aucun certificat de cette machine n’est celui de {wanted}',
    hint: 'voyez-les avec scel list',
  },
  identity_several: {
    says: '{count} certificats de cette machine peuvent être visés : {names}',
    hint: 'nommez-en un par adresse électronique, nom, numéro de la demande ou début de son empreinte',
  },
  key_never_leaves: {
    says: 'la clé privée est dans {place}, d’où aucune clé ne sort',
    hint: 'retirez --with-key pour exporter le certificat ; qui doit avoir une clé ailleurs y demande un certificat',
  },
  import_nothing: {
    says: '{file} ne contient ni clé ni certificat lisibles : il est abîmé, ou d’une autre sorte',
    hint: 'faites-le renvoyer ou refaire : .p12, .pfx ou PEM ; scel inspect {file} dit ce que c’est',
  },
  import_key_missing: {
    says: '{file} ne contient pas de clé privée : sans elle, un certificat ne sert à rien ici',
    hint: 'donnez la clé avec --key FICHIER, ou faites refaire le fichier là où est la clé, avec sa clé privée',
  },
  import_certificate_missing: {
    says: '{file} contient une clé privée et pas de certificat',
    hint: 'donnez le certificat avec --chain FICHIER ; pour en demander un, scel csr new --key {file}',
  },
  import_key_other: {
    says: 'aucun certificat de {file} n’est celui de sa clé privée',
    hint: 'donnez le bon avec --chain FICHIER, ou comparez avec scel key match',
  },
  import_key_unusable: {
    says: 'la clé de {file} ({key}) est d’une sorte qui n’est plus utilisée, ou que scel n’utilise pas',
    hint: 'ouvrez ce qui a été scellé pour elle avec scel open --key {file} ; pour le reste, faites faire un nouveau certificat',
  },
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
