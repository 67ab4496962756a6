// Attributes of signed content, under the names of their standards.

/** RFC 5652 §11.1 */
export const CONTENT_TYPE = '1.2.840.113549.1.9.3'
/** RFC 5652 §11.2 */
export const MESSAGE_DIGEST = '1.2.840.113549.1.9.4'
/** RFC 5652 §11.3 */
export const SIGNING_TIME = '1.2.840.113549.1.9.5'
/** RFC 5652 §11.4 */
export const COUNTERSIGNATURE = '1.2.840.113549.1.9.6'
/** RFC 8551 §2.5.2 */
export const SMIME_CAPABILITIES = '1.2.840.113549.1.9.15'
/** RFC 6211 §2 */
export const ALGORITHM_PROTECTION = '1.2.840.113549.1.9.52'
/** RFC 2634 §5.4, with SHA-1 */
export const SIGNING_CERTIFICATE = '1.2.840.113549.1.9.16.2.12'
/** RFC 3161 appendix A */
export const TIME_STAMP_TOKEN = '1.2.840.113549.1.9.16.2.14'
/** RFC 5035 §3 */
export const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47'
