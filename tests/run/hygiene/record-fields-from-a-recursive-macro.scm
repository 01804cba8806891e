;; Fields that a macro introduces one after another have the same name and are different all the same.
(import (scheme base))
(define-syntax define-tuple
  (syntax-rules ()
    ((_ name make pred () (field getter) ...)
     (define-record-type name (make field ...) pred (field getter) ...))
    ((_ name make pred (getter . more) done ...)
     (define-tuple name make pred more done ... (field getter)))))
(define-tuple triple make-triple triple? (first second third))
(let ((t (make-triple 1 2 3)))
  (list (first t) (second t) (third t) (triple? t)))
;; value: (1 2 3 #t)
