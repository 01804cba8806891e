(define-library (scheme inexact)
  (import (kestrel primitives))
  (export
   acos asin atan cos exp finite? infinite? log nan? sin sqrt tan))
