;; A field that a macro introduces is not one that the use names alike.
(import (scheme base))
(define-syntax define-box
  (syntax-rules ()
    ((_ name (make parameter) get) (define-record-type name (make parameter) box? (content get)))))
(define-box box (make-box content) unbox)
;; status: 65
;; error: `content` is not a field of this record type
;; error: expand-field-of-another-expansion.scm:6:27
