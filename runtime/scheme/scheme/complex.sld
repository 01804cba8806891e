(define-library (scheme complex)
  (import (kestrel primitives))
  (export
   angle imag-part magnitude make-polar make-rectangular real-part))
