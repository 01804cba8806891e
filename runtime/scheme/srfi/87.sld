;; SRFI 87: `case` with `=>`, as R7RS has it.

(define-library (srfi 87)
  (import (scheme base))
  (export case => else))
