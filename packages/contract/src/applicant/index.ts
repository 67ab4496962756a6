export {
  APPLICANT_HEADER,
  APPLICANT_THUMBPRINT_OID,
  type ApplicantCall,
  type ApplicantProof,
  applicantSignedBytes,
  applicantThumbprint,
  formatApplicantHeader,
  NONCE_HEADER,
  parseApplicantHeader,
} from './applicant-signature.ts'
