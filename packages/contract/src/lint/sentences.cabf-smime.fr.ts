import type { SuiteSentences } from './sentences.ts'

export const CABF_SMIME_FR: SuiteSentences<'cabf-smime'> = {
  'cabf-smime/policy': {
    absent: 'Le certificat ne porte aucune politique.',
    'no-reserved': 'Aucune des politiques n’est de celles que le Forum réserve à S/MIME.',
    'several-reserved': 'Une seule des politiques réservées peut y figurer : {policies}.',
    legacy: 'Aucun certificat ne peut être émis sous l’ancienne politique {policy} depuis le 15 juillet 2025.',
    critical: 'Les politiques ne devraient pas être critiques.',
  },
  'cabf-smime/authority-policy': {
    absent: 'Le certificat d’une autorité doit porter des politiques.',
    'neither-reserved-nor-any': 'Aucune des politiques n’est réservée à S/MIME, et « toutes » n’y figure pas non plus.',
    'any-beside-others': 'La politique « toutes » doit être la seule.',
    'root-has-policies': 'Un certificat racine ne devrait pas porter de politiques.',
  },
  'cabf-smime/policy-qualifiers': {
    'not-http': 'L’adresse de la déclaration des pratiques doit être une adresse HTTP ou HTTPS : « {name} ».',
    'notice-without-text': 'Un avis doit avoir un texte.',
    'notice-reference': 'Un avis ne doit pas renvoyer à des textes par leur numéro.',
  },
  'cabf-smime/validity': {
    'too-long': 'Le certificat est valable {days} jours ; {most} est le maximum.',
    'at-maximum':
      'Le certificat est valable {days} jours, l’extrême maximum : une seconde intercalaire serait de trop.',
  },
  'cabf-smime/serial-number': {
    short:
      'Le numéro de série n’a que {length, plural, one {# octet} other {# octets}}, trop peu pour 64 bits aléatoires.',
  },
  'cabf-smime/key': {
    'not-allowed': 'Les clés de ce type ne sont pas admises : {kind}, {bits} bits.',
    'rsa-too-short': 'La clé RSA a {bits} bits ; il en faut au moins {least}.',
    'rsa-size': 'La clé RSA a {bits} bits, ce qui n’est pas un multiple de 8.',
    'rsa-exponent': 'L’exposant public {exponent} de la clé RSA devrait valoir au moins 65537.',
    'rsa-small-factor': 'Le module RSA est divisible par {factor}.',
    'rsa-close-primes': 'Les nombres premiers de la clé RSA sont si proches que n’importe qui peut les trouver.',
    'rsa-roca': 'La clé RSA vient d’une bibliothèque dont les clés peuvent être cassées (ROCA).',
  },
  'cabf-smime/signature': {
    'not-allowed': 'L’algorithme de signature {oid} n’est pas admis, ou pas dans ce codage.',
  },
  'cabf-smime/crl-distribution-points': {
    absent: 'Le certificat ne porte aucune adresse de liste de révocation.',
    critical: 'Les adresses de listes de révocation ne doivent pas être critiques.',
    'no-http': 'Aucune liste de révocation ne peut être obtenue par HTTP.',
    'other-scheme': 'L’adresse d’une liste de révocation doit être une adresse HTTP : « {name} ».',
  },
  'cabf-smime/authority-info-access': {
    absent: 'Le certificat devrait dire où est celui de son émetteur (accès aux informations de l’autorité).',
    'no-ca-issuers': 'Le certificat devrait dire où est celui de son émetteur (caIssuers).',
    'not-an-address': 'L’emplacement donné pour {method} doit être une adresse (URI).',
    'other-scheme': 'L’adresse doit être une adresse HTTP : « {name} ».',
    'no-http': 'Aucun des emplacements donnés pour {method} n’est une adresse HTTP.',
  },
  'cabf-smime/basic-constraints': {
    'root-path-length': 'Un certificat racine ne devrait pas borner la longueur de la chaîne.',
  },
  'cabf-smime/key-usage': {
    absent: 'L’usage de la clé manque.',
    'not-critical': 'L’usage de la clé d’une autorité doit être critique.',
    forbidden: 'L’usage {usage} n’est pas admis pour une clé de type {kind}.',
    'none-of': 'Une clé de type {kind} doit avoir au moins un de ces usages : {usages}.',
    needs: 'L’usage {usage} exige {needed} à ses côtés.',
    'authority-without': 'La clé d’une autorité doit avoir l’usage {usage}.',
  },
  'cabf-smime/extended-key-usage': {
    absent: 'L’usage étendu de la clé manque.',
    'no-email-protection': 'La protection du courriel doit figurer parmi les usages (emailProtection).',
    forbidden: 'L’usage {purpose} n’est pas admis.',
    'not-strict': 'La génération stricte n’a pas d’autre usage que emailProtection : {purpose}.',
    'since-2027': 'Depuis le 1er juillet 2027, seuls emailProtection et clientAuth sont admis : {purpose}.',
    'authority-critical': 'L’usage étendu de la clé d’une autorité ne devrait pas être critique.',
    'root-has-purposes': 'Un certificat racine ne doit pas porter d’usage étendu de la clé.',
  },
  'cabf-smime/authority-key-identifier': {
    absent: 'L’identifiant de la clé de l’émetteur manque.',
    'no-key-identifier': 'La clé de l’émetteur doit être désignée par son identifiant.',
    'issuer-and-serial': 'La clé de l’émetteur ne doit pas être désignée par un nom et un numéro de série.',
  },
  'cabf-smime/alternative-names': {
    absent: 'Les noms alternatifs manquent.',
    'no-mailbox': 'Aucune adresse de courriel ne figure parmi les noms alternatifs.',
    'forbidden-name': 'Les noms de ce type ne sont pas admis parmi les noms alternatifs : {kind}.',
    'forbidden-other-name': 'La génération stricte n’admet pas les autres noms de ce type : {oid}.',
    'not-repeated': 'L’adresse {address} doit figurer aussi parmi les noms alternatifs.',
  },
  'cabf-smime/extensions': {
    forbidden: 'Ce profil n’admet pas l’extension {extension}.',
    critical: 'L’extension {extension} ne doit pas être critique.',
    'lei-syntax':
      'L’identifiant d’entité juridique n’est pas valable : vingt caractères, dont les deux derniers contrôlent les autres.',
  },
  'cabf-smime/subject-attributes': {
    forbidden: 'Ce profil n’admet pas {attribute} dans le sujet.',
    required: 'Le sujet doit porter {attribute}.',
    'no-name': 'Le sujet doit porter un prénom ou un nom, ou un pseudonyme.',
    'name-and-pseudonym': 'Un pseudonyme ne doit pas accompagner un prénom ou un nom.',
  },
  'cabf-smime/subject-contents': {
    insignificant: 'La valeur de {attribute} ne dit rien.',
    'common-name': 'Le nom usuel « {value} » ne reprend rien de ce que ce profil vérifie.',
    needs: '{attribute} ne peut figurer qu’avec l’un de : {needed}.',
    country: 'Aucun pays n’a le code « {value} ».',
    'several-mailboxes': 'L’attribut emailAddress du sujet doit être une seule adresse.',
  },
  'cabf-smime/organization-identifier': {
    syntax: 'L’identifiant d’organisation « {value} » n’a pas la forme des registres admis.',
    country: 'L’identifiant d’organisation « {value} » est d’un autre pays que le sujet : {country}.',
    euid: 'L’identifiant d’organisation « {value} », d’un registre allemand, devrait être l’européen (EUID).',
  },
  'cabf-smime/authority-subject': {
    required: 'Le nom d’une autorité doit porter {attribute}.',
  },
  'cabf-smime/crl': {
    unspecified:
      'Les entrées sans motif particulier ne doivent en donner aucun : {count, plural, one {# donne} other {# donnent}} « unspecified ».',
  },
  'cabf-smime/name-constraints': {
    mailbox: 'Les contraintes de noms doivent permettre des domaines, pas une seule adresse : « {name} ».',
  },
}
