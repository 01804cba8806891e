;; SRFI 11: `let-values`, as R7RS has it.

(define-library (srfi 11)
  (import (scheme base))
  (export let-values let*-values))
