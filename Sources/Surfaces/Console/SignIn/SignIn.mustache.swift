extension Templates {
    static let signIn = #"""
        {{#isDemo}}<section class="look"><h2>{{t.sign_in.look}}</h2><p>{{t.sign_in.look_hint}}</p>
        <ul class="roles">{{#roles}}<li><form method="post" action="/sign-in/demo"><input type="hidden" name="role" value="{{role}}">
        <button type="submit"><b>{{name}}</b><span>{{about}}</span></button></form></li>
        {{/roles}}</ul></section>{{/isDemo}}
        {{{html(form)}}}
        """#

    static let welcome = #"""
        <p>{{t.welcome.hello}} <b>{{name}}</b>. {{t.welcome.as}} <code>{{login}}</code>.</p>
        {{{html(form)}}}
        """#
}
