import type { Sentence } from '../words/sentence.ts'
import type { DeskOwnErrors } from './errors.ts'

export const DESK_FR: Readonly<Record<keyof DeskOwnErrors, Sentence>> = {
  input_invalid: {
    says: '{where} : {what}.',
    hint: 'Corrigez puis renvoyez ; rien n’a été modifié.',
  },
  body_too_large: {
    says: 'L’envoi dépasse {limit} octets.',
    hint: 'Envoyez moins, ou le bon fichier.',
  },
  media_type_unsupported: {
    says: 'L’envoi n’est pas de type {expected}.',
    hint: 'Précisez le type de contenu et renvoyez.',
  },
  not_found: {
    says: '{what, select, request {Cette demande} certificate {Ce certificat} organisation {Cet organisme} person {Cette personne} kit {Ce kit} applicant {Cette clé de demandeur} session {Cette session} authority {Cette autorité} service {Ce service de l’organisme} delivery {Cet envoi} other {Cet objet}} n’existe pas, ou vous n’y avez pas accès.',
    hint: 'Vérifiez le numéro ou revenez à la liste.',
  },
  route_unknown: {
    says: 'Il n’y a rien à {method} {path}.',
    hint: 'Voyez la liste des appels à /api/openapi.json.',
  },
  too_many_requests: {
    says: 'Trop d’appels en peu de temps.',
    hint: 'Recommencez dans {seconds, plural, one {# seconde} other {# secondes}}.',
  },
  cursor_invalid: {
    says: 'Cette page de la liste est introuvable.',
    hint: 'Reprenez à la première page.',
  },
  database_older: {
    says: 'La base de données du service est une copie plus ancienne, ou son journal a été coupé : elle n’atteint pas ce que le service a retenu le {since, date, long}. Rien n’est modifié tant que son exploitant ne l’a pas acceptée.',
    hint: 'Remettez la base la plus récente, ou arrêtez le service et exécutez scel-desk accept-restore.',
  },
  database_newer: {
    says: 'Une version plus récente du service a migré sa base de données (en version {found} ; celle-ci connaît la {known}) : ce service ne modifie plus rien.',
    hint: 'Prévenez l’exploitant du service : il faut l’arrêter, et démarrer la nouvelle version.',
  },
  before_first_release: {
    says: '{where} a été créé par une version de Scel antérieure à sa première publication, qu’aucune version ne reprend. Rien n’y a été modifié.',
    hint: 'Recommencez à neuf : gardez ailleurs ce qui s’y trouve, indiquez un dossier vide (--data) et une base de données vide (--database), puis démarrez le service.',
  },
  database_of_another_program: {
    says: '{where} contient des tables d’un autre programme. Rien n’y a été créé ni modifié.',
    hint: 'Il faut au service une base de données à lui : indiquez-en une qui est vide, ou celle qu’il a créée (--database).',
  },
  database_altered: {
    says: '{where} n’est pas la base de données dont le service de {path} s’est servi, ou quelqu’un l’a altérée : sa table scel_migration n’est pas telle que ce service l’a créée. Rien n’a été modifié.',
    hint: 'Vérifiez --data et --database. S’ils sont justes, cherchez qui peut écrire dans la base de données, et restaurez la dernière sauvegarde.',
  },
  database_schema_open: {
    says: 'Le schéma {schema} de la base de données appartient à d’autres que le service, ou d’autres peuvent y créer quelque chose, ou l’ont fait : {roles}. Ils peuvent supprimer les tables du service, ou lui répondre à la place des fonctions de PostgreSQL. Rien n’a été modifié.',
    hint: 'Que le rôle du service ou le propriétaire de la base de données possède le schéma, puis REVOKE CREATE ON SCHEMA {schema} FROM {roles}. Examinez les tables, types, fonctions et opérateurs qui s’y trouvent et appartiennent à d’autres, et supprimez-les.',
  },
  desk_statement_malformed: {
    says: 'Ce que ce service dirait de lui-même, aucun programme ne l’accepterait : son nom, ses adresses ou le certificat qu’il présente ne peuvent pas se dire ainsi.',
    hint: 'Vérifiez --name, --public-name et --tls-certificate, puis redémarrez le service.',
  },
  mark_missing: {
    says: 'keys/high-water.json, par quoi le service reconnaît sa base de données, a disparu ; ce fichier existait depuis le {since, date, long}. Sans lui, personne ne peut dire si cette base est une copie plus ancienne.',
    hint: 'Remettez-le depuis la sauvegarde des clés la plus récente ; ou bien, le service arrêté, acceptez la base sans comparaison : scel-desk accept-restore --without-mark.',
  },
  mark_unreadable: {
    says: 'keys/high-water.json, par quoi le service reconnaît sa base de données, est tronqué, modifié, ou celui d’un autre service. Sans lui, personne ne peut dire si cette base est une copie plus ancienne.',
    hint: 'Remettez-le depuis la sauvegarde des clés la plus récente ; ou bien, le service arrêté, acceptez la base sans comparaison : scel-desk accept-restore --without-mark.',
  },
  database_missing: {
    says: 'Il n’y a pas de base de données à l’adresse {where}, ou elle est vide, et {path} contient les clés d’un service qui en avait une : elle a été perdue, ou son adresse est une autre. Rien n’a été créé ni modifié.',
    hint: 'Vérifiez --data et --database ; ou remettez la base depuis sa sauvegarde. S’il n’y en a pas, scel-desk accept-restore accepte la base vide : ce qui a été émis et révoqué est alors inconnu.',
  },
  database_encoding: {
    says: 'La base de données garde ses textes en {found}, et non en UTF-8 : des noms s’y perdraient. Rien n’a été créé ni modifié.',
    hint: 'Créez-en une autre : CREATE DATABASE … ENCODING ’UTF8’ TEMPLATE template0.',
  },
  keys_missing: {
    says: 'La base de données à l’adresse {where} est celle d’un service, et {path} ne contient aucune de ses clés. Rien n’a été créé ni modifié.',
    hint: 'Vérifiez --data et --database ; ou remettez le dossier des clés depuis sa sauvegarde.',
  },
  key_files_missing: {
    says: 'Il manque dans le dossier {path} des clés d’autorités qui sont en service dans cette base de données, ou leurs fichiers ne s’ouvrent pas ou contiennent d’autres clés : {files}. Ce service ne signe rien avec elles.',
    hint: 'Copiez ces fichiers dans {path} depuis le même dossier du service qui les a (s’il y en a plusieurs, celui qui a créé les autorités), ou depuis une sauvegarde, puis redémarrez le service. S’ils sont perdus, scel-desk start --without-keys s’en passe.',
  },
  desk_not_begun: {
    says: 'Aucun service n’a encore commencé avec le dossier {path} et la base de données à l’adresse {where} : il n’y a pas d’autorité. Rien n’a été créé ni modifié.',
    hint: 'Vérifiez --data et --database ; ou démarrez le service, puis relancez cette commande une fois qu’il est prêt.',
  },
  keys_of_another_desk: {
    says: 'Ces clés appartiennent à un autre service que celui qui a créé cette base de données.',
    hint: 'Donnez à ce service sa propre base, ou démarrez-le avec le dossier du service qui a créé celle-ci.',
  },
  key_ring_missing: {
    says: 'Le dossier {path} contient des clés, mais pas le fichier ring.json qui sert à les ouvrir ; rien n’a été écrit.',
    hint: 'Remettez ring.json à partir de la sauvegarde de ce dossier.',
  },
  passphrase_file_exposed: {
    says: 'Le fichier {path} contient un secret et a le mode {mode} : d’autres utilisateurs de cette machine peuvent le lire ou le modifier.',
    hint: 'Exécutez chmod 600 sur ce fichier. Ce qui a pu être lu est à tenir pour connu.',
  },
  passphrase_file_foreign: {
    says: 'Le fichier {path} contient un secret et appartient à un autre utilisateur de cette machine (uid {owner}), qui peut le lire et le modifier.',
    hint: 'Donnez-le (chown) à l’utilisateur du service ou à root, avec le mode 600. Ce qui a pu être lu est à tenir pour connu.',
  },
  storage_full: {
    says: 'Le disque du service est plein ; rien n’a été modifié.',
    hint: 'Prévenez l’exploitant du service, puis renvoyez.',
  },
  storage_unavailable: {
    says: 'La base de données du service ne répond pas ; rien n’a été modifié.',
    hint: 'Recommencez dans une minute ; si cela dure, prévenez l’exploitant du service.',
  },
  storage_uncertain: {
    says: 'La base de données du service s’est interrompue pendant l’enregistrement : on ne sait pas s’il a eu lieu.',
    hint: 'Vérifiez s’il a eu lieu avant de renvoyer.',
  },
  storage_damaged: {
    says: 'La base de données du service est endommagée.',
    hint: 'Prévenez l’exploitant du service : elle doit être restaurée depuis sa sauvegarde.',
  },
  storage_altered: {
    says: 'La base de données refuse au service ce dont il a besoin : ses droits lui ont été retirés, ou une table, ou des lignes d’une table, ont disparu ; rien n’a été modifié.',
    hint: 'Prévenez l’exploitant du service : son journal cite la base de données.',
  },
  storage_moved: {
    says: 'Un fichier de la base de données du service a été déplacé, supprimé ou remplacé pendant que le service tourne ; rien n’a été modifié.',
    hint: 'Prévenez l’exploitant du service : son journal nomme le fichier.',
  },
  storage_contended: {
    says: 'À chaque essai, d’autres modifiaient la même chose, et la base de données du service n’a pu enregistrer ceci entre eux ; rien n’a été modifié.',
    hint: 'Recommencez ; si cela dure, prévenez l’exploitant du service.',
  },
  stored_incomplete: {
    says: 'Votre envoi est enregistré, mais le service n’a pas pu achever son travail pour le moment.',
    hint: 'Le service fera le reste dès que possible : regardez de nouveau dans une minute.',
  },
  public_door_shut: {
    says: 'La porte des listes, d’OCSP et de l’horodatage ne s’est pas ouverte : son fil d’exécution {why, select, silent {n’a rien dit pendant une minute} ended {s’est arrêté aussitôt} other {{why}}}.',
    hint: 'La base de données répond lentement, ou cette machine est trop chargée ou manque de mémoire : voyez ce qu’il en est, puis redémarrez le service.',
  },
  not_ready: {
    says: '{look, select, late {On ne sait pas pour le moment si le service peut travailler : l’examen {part, select, thread {de son portail} database {de sa base de données} files {des fichiers de sa base de données} keys {des clés de ses autorités} clock {de son horloge} restored {de l’état de sa base de données} version {de la version de sa base de données} disk {de la place sur son disque} mark {du fichier par quoi il reconnaît sa base de données} token {de ses jetons} statement {du certificat par lequel il dit qui il est} duties {de ce qu’il partage avec d’autres services} altered {des tables de sa base de données} other {de {part}}} n’a pas abouti à temps.} other {Le service ne peut pas travailler pour le moment : {part, select, thread {son portail ne répond pas} database {sa base de données ne répond pas} files {un fichier de sa base de données a été déplacé, supprimé ou remplacé} keys {la clé d’une autorité manque} clock {son horloge est en retard sur son journal, ou autre que celles de son serveur de base de données et d’autres services} restored {sa base de données est une copie plus ancienne} version {une version plus récente du service a migré sa base de données} disk {son disque est plein, ou presque} mark {le fichier par quoi il reconnaît sa base de données ne peut pas être écrit} token {un jeton qui garde des clés d’autorité ne répond pas} statement {il n’a pas de certificat valable pour dire qui il est, et nul ne peut faire de demande} duties {on l’empêche de faire ce qu’il partage avec d’autres services, et aucun ne le fait} altered {des droits ou des tables de sa base de données ne sont plus ceux qu’il a créés} other {{part}}}.}}',
    hint: 'Son journal en dit plus ; listes, OCSP et horodatage continuent tant qu’ils le peuvent.',
  },
  desk_stopping: {
    says: 'Le service s’arrête et n’accepte plus de nouvel appel.',
    hint: 'Réessayez dans une minute, quand il aura redémarré.',
  },
  internal: {
    says: 'Une erreur s’est produite dans le service.',
    hint: 'Donnez cette référence à l’exploitant : {reference}.',
  },
}
