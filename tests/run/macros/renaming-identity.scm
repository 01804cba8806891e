;; What a transformer with explicit renaming passes on is the form that it was given, unless the transformer has changed it.
;; no eval: quotes what the reader made
;; output: (#t #t)
;; output: (a changed c)
;; output: #((changed b))
;; output: (#t #t #t)
(import (scheme base) (scheme write) (scheme eval) (kestrel macros))
(define-syntax show (syntax-rules () ((_ e) (begin (write e) (newline)))))

;; The same datum quoted twice.
(define-syntax same
  (er-macro-transformer
   (lambda (form rename compare)
     (let ((quoted (list (rename 'quote) (cadr form))))
       (list (rename 'eq?) quoted quoted)))))
(show (list (same (a (b) . c)) (same #(a (b) 5.5))))

;; A list or vector with an element that was changed.
(define-syntax second-changed
  (er-macro-transformer
   (lambda (form rename compare)
     (set-car! (cdr (cadr form)) 'changed)
     (list (rename 'quote) (cadr form)))))
(show (second-changed (a b c)))
(define-syntax first-changed
  (er-macro-transformer
   (lambda (form rename compare)
     (set-car! (vector-ref (cadr form) 0) 'changed)
     (list (rename 'quote) (cadr form)))))
(show (first-changed #((a b))))

;; Living data that eval is given: the transformer sees them, and they come out as they are.
(define data (list 1 (list 2 3) (vector 'a 5.5)))
(define env (environment '(scheme base) '(kestrel macros)))
(define (pass transformer) (eval `(let-syntax ((m ,transformer)) (m ,data)) env))
(show
 (list (eq? data (pass '(er-macro-transformer (lambda (form rename compare) (list (rename 'quote) (cadr form))))))
       (eq? (cadr data)
            (pass '(er-macro-transformer (lambda (form rename compare) (list (rename 'quote) (cadr (cadr form)))))))
       (eq? data (pass '(ir-macro-transformer (lambda (form inject compare) `(quote ,(cadr form))))))))
