// @actions/core imports these names for its platform details, which nothing here calls.
const leftOut = () => {
  throw new Error('left out of this bundle')
}
export const exec = leftOut
export const getExecOutput = leftOut
