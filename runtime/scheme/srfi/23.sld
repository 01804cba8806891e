;; SRFI 23: `error`, as R7RS has it.

(define-library (srfi 23)
  (import (scheme base))
  (export error))
