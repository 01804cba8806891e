;; SRFI 46: `syntax-rules` with an ellipsis of one's own and tail patterns, as R7RS has it.

(define-library (srfi 46)
  (import (scheme base))
  (export syntax-rules ... _))
