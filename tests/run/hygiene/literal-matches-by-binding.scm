(import (scheme base))
(define-syntax m (syntax-rules (=>) ((_ a => b) 'arrow) ((_ a b c) 'plain)))
(list (m 1 => 2) (let ((=> 0)) (m 1 => 2)))
;; value: (arrow plain)
