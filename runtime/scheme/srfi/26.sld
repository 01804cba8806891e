;; SRFI 26: `cut` and `cute`, procedures by leaving slots (`<>`, and `<...>` for all further arguments) in a call. `cute` evaluates what is no slot
;; once, when the procedure is made.

(define-library (srfi 26)
  (import (scheme base))
  (export cut cute <> <...>)
  (begin
    (define-syntax <> (syntax-rules ()))
    (define-syntax <...> (syntax-rules ()))

    (define-syntax cut
      (syntax-rules () ((_ part more ...) (cut-parts () () part more ...))))
    ;; (cut-parts (parameter …) (part …) remaining …)
    (define-syntax cut-parts
      (syntax-rules (<> <...>)
        ((_ parameters (f argument ...)) (lambda parameters ((begin f) argument ...)))
        ((_ (parameter ...) (f argument ...) <...>)
         (lambda (parameter ... . rest) (apply f argument ... rest)))
        ((_ (parameter ...) (part ...) <> more ...) (cut-parts (parameter ... x) (part ... x) more ...))
        ((_ parameters (part ...) expression more ...) (cut-parts parameters (part ... expression) more ...))))

    (define-syntax cute
      (syntax-rules () ((_ part more ...) (cute-parts () () () part more ...))))
    ;; (cute-parts ((variable expression) …) (parameter …) (part …) remaining …)
    (define-syntax cute-parts
      (syntax-rules (<> <...>)
        ((_ bindings parameters (f argument ...)) (let bindings (lambda parameters (f argument ...))))
        ((_ bindings (parameter ...) (f argument ...) <...>)
         (let bindings (lambda (parameter ... . rest) (apply f argument ... rest))))
        ((_ bindings (parameter ...) (part ...) <> more ...)
         (cute-parts bindings (parameter ... x) (part ... x) more ...))
        ((_ (binding ...) parameters (part ...) expression more ...)
         (cute-parts (binding ... (x expression)) parameters (part ... x) more ...))))))
