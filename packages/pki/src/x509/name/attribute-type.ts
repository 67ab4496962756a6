// Attribute types of distinguished names: one row each, everything that writes or prints a name reads it here.

import type { StringType } from '../../asn1/index.ts'

/** All that the library knows about one attribute type. */
export interface AttributeRow {
  readonly type: AttributeType
  readonly oid: string
  /** String type it is written with. */
  readonly string: StringType
  /** Most characters (the ub- bounds of RFC 5280 appendix A.1; X.520 for those without one there). */
  readonly longest: number
  /** As RFC 4514 and LDAP name it. */
  readonly ldap: string
  /** As OpenSSL abbreviates it. */
  readonly openssl: string
  /** As Windows shows it; undefined where Windows prints `OID.` and the number. */
  readonly windows?: string
}

/** The attribute types that have a name here; any other goes by its OID. */
export type AttributeType =
  | 'commonName'
  | 'surname'
  | 'serialNumber'
  | 'countryName'
  | 'localityName'
  | 'stateOrProvinceName'
  | 'streetAddress'
  | 'organizationName'
  | 'organizationalUnitName'
  | 'title'
  | 'description'
  | 'postalCode'
  | 'telephoneNumber'
  | 'givenName'
  | 'initials'
  | 'generationQualifier'
  | 'dnQualifier'
  | 'pseudonym'
  | 'organizationIdentifier'
  | 'emailAddress'
  | 'domainComponent'
  | 'userId'
  | 'name'
  | 'businessCategory'
  | 'postOfficeBox'
  | 'physicalDeliveryOfficeName'
  | 'x121Address'
  | 'internationalISDNNumber'
  | 'destinationIndicator'
  | 'houseIdentifier'
  | 'dmdName'
  | 'role'
  | 'unstructuredName'
  | 'unstructuredAddress'
  | 'mail'
  | 'jurisdictionLocalityName'
  | 'jurisdictionStateOrProvinceName'
  | 'jurisdictionCountryName'

/** RFC 4514 §3 leaves names beyond its own list to registries; OpenSSL's are those, so one word serves both. */
const both = (label: string): readonly [ldap: string, openssl: string] => [label, label]

type Shown = readonly [ldap: string, openssl: string, windows?: string]

const row = (
  type: AttributeType,
  oid: string,
  [ldap, openssl, windows]: Shown,
  longest: number,
  string: StringType = 'UTF8String',
): AttributeRow =>
  Object.freeze({ type, oid, string, longest, ldap, openssl, ...(windows === undefined ? {} : { windows }) })

// X520name (RFC 5280 appendix A.1): what people are called. The 40 and fewer characters of X.400 are for mail addresses.
const UB_NAME = 32_768

/**
 * Every attribute type. Country and serial number are PrintableString, e-mail and domain component IA5String, nearly all
 * others UTF8String (RFC 5280 §4.1.2.4 and appendix A.1).
 */
export const ATTRIBUTES: readonly AttributeRow[] = Object.freeze([
  row('commonName', '2.5.4.3', ['CN', 'CN', 'CN'], 64),
  row('surname', '2.5.4.4', ['SN', 'SN', 'SN'], UB_NAME),
  row('serialNumber', '2.5.4.5', ['serialNumber', 'serialNumber', 'SERIALNUMBER'], 64, 'PrintableString'),
  row('countryName', '2.5.4.6', ['C', 'C', 'C'], 2, 'PrintableString'),
  row('localityName', '2.5.4.7', ['L', 'L', 'L'], 128),
  row('stateOrProvinceName', '2.5.4.8', ['ST', 'ST', 'S'], 128),
  row('streetAddress', '2.5.4.9', ['street', 'street', 'STREET'], 128),
  row('organizationName', '2.5.4.10', ['O', 'O', 'O'], 64),
  row('organizationalUnitName', '2.5.4.11', ['OU', 'OU', 'OU'], 64),
  row('title', '2.5.4.12', ['title', 'title', 'T'], 64),
  row('description', '2.5.4.13', ['description', 'description', 'Description'], 1024),
  row('postalCode', '2.5.4.17', ['postalCode', 'postalCode', 'PostalCode'], 40),
  row('telephoneNumber', '2.5.4.20', ['telephoneNumber', 'telephoneNumber', 'Phone'], 32, 'PrintableString'),
  row('givenName', '2.5.4.42', ['GN', 'GN', 'G'], UB_NAME),
  row('initials', '2.5.4.43', ['initials', 'initials', 'I'], UB_NAME),
  row('generationQualifier', '2.5.4.44', ['generationQualifier', 'generationQualifier'], UB_NAME),
  row('dnQualifier', '2.5.4.46', ['dnQualifier', 'dnQualifier', 'dnQualifier'], 64, 'PrintableString'),
  row('pseudonym', '2.5.4.65', ['pseudonym', 'pseudonym'], 128),
  row('organizationIdentifier', '2.5.4.97', ['organizationIdentifier', 'organizationIdentifier'], 256),
  row('emailAddress', '1.2.840.113549.1.9.1', ['emailAddress', 'emailAddress', 'E'], 255, 'IA5String'),
  row('domainComponent', '0.9.2342.19200300.100.1.25', ['DC', 'DC', 'DC'], 63, 'IA5String'),
  row('userId', '0.9.2342.19200300.100.1.1', ['UID', 'UID'], 256),
  row('name', '2.5.4.41', both('name'), 32_768),
  row('businessCategory', '2.5.4.15', both('businessCategory'), 128),
  row('postOfficeBox', '2.5.4.18', [...both('postOfficeBox'), 'POBox'], 40),
  row('physicalDeliveryOfficeName', '2.5.4.19', both('physicalDeliveryOfficeName'), 128),
  row('x121Address', '2.5.4.24', [...both('x121Address'), 'X21Address'], 15, 'NumericString'),
  row('internationalISDNNumber', '2.5.4.25', both('internationaliSDNNumber'), 16, 'NumericString'),
  row('destinationIndicator', '2.5.4.27', both('destinationIndicator'), 128, 'PrintableString'),
  row('houseIdentifier', '2.5.4.51', both('houseIdentifier'), 32_768),
  row('dmdName', '2.5.4.54', both('dmdName'), 32_768),
  row('role', '2.5.4.72', both('role'), 32_768),
  row('unstructuredName', '1.2.840.113549.1.9.2', both('unstructuredName'), 255),
  row('unstructuredAddress', '1.2.840.113549.1.9.8', both('unstructuredAddress'), 255),
  row('mail', '0.9.2342.19200300.100.1.3', both('mail'), 256, 'IA5String'),
  // Where a company is registered: CA/Browser Forum, EV Guidelines §7.1.4.2.3.
  row('jurisdictionLocalityName', '1.3.6.1.4.1.311.60.2.1.1', both('jurisdictionL'), 128),
  row('jurisdictionStateOrProvinceName', '1.3.6.1.4.1.311.60.2.1.2', both('jurisdictionST'), 128),
  row('jurisdictionCountryName', '1.3.6.1.4.1.311.60.2.1.3', both('jurisdictionC'), 2, 'PrintableString'),
])

const byOid = new Map(ATTRIBUTES.map((attribute) => [attribute.oid, attribute]))
const byType = new Map(ATTRIBUTES.map((attribute) => [attribute.type, attribute]))

/**
 * The row of an attribute type, by its OID; undefined for one that has no name here.
 * @example
 * assert.equal(attributeByOid('2.5.4.3')?.type, 'commonName')
 */
export const attributeByOid = (oid: string): AttributeRow | undefined => byOid.get(oid)
/**
 * The row of an attribute type, by its name.
 * @example
 * assert.equal(attributeByType('organizationIdentifier').oid, '2.5.4.97')
 */
export const attributeByType = (type: AttributeType): AttributeRow => byType.get(type)!
