(import (scheme base))
(define-syntax m (syntax-rules (_) ((m _) 'underscore) ((m x) 'other)))
(list (m _) (m 1))
;; value: (underscore other)
