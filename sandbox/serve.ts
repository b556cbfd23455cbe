import { startWorkspace } from './workspace.ts'

// Subjects separated by spaces: a job has one of two forms, and only GitHub knows which.
const { ISSUER: issuer, SUBJECTS: subjects } = process.env
if (issuer === undefined || subjects === undefined) throw new Error('ISSUER and SUBJECTS name whom to trust')

const applicationId = 'c1b3a2f4-7d5e-4a60-8b19-2f0e6d4c8a71'
const workspace = await startWorkspace({
  principals: [{ kind: 'service-principal', applicationId }],
  policies: subjects.split(' ').map((subject) => ({ kind: 'service-principal', applicationId, issuer, subject })),
})

// In the form of GITHUB_OUTPUT, so that a workflow can hand it to the steps that follow.
console.log(
  [
    `host=${workspace.host}`,
    `account_id=${workspace.accountId}`,
    `client_id=${applicationId}`,
    `warehouse_id=${workspace.warehouseId}`,
  ].join('\n'),
)
