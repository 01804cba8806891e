(define-library (scheme case-lambda)
  (import (kestrel syntax))
  (export
   case-lambda))
