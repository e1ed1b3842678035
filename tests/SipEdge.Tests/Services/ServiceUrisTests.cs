using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Services;
using PosteRestante.TestKit;

namespace PosteRestante.SipEdge.Tests.Services;

public sealed class ServiceUrisTests
{
    [Theory]
    [InlineData("sip:Deferred@im.example.net")]
    [InlineData("sip:deferred@im.example.net")]
    [Requirement("D17", "A2", "DM-12.1.1-3")]
    public void IsDeferred_UserInAnyCase_IsTheFunction(string aor) => Uris().IsDeferred(aor).ShouldBeTrue();

    [Theory]
    [InlineData("sip:Deferred@example.net")]
    [InlineData("sip:Deferred2@im.example.net")]
    [InlineData("sip:Delete@im.example.net")]
    public void IsDeferred_AnythingElse_IsNot(string aor) => Uris().IsDeferred(aor).ShouldBeFalse();

    [Fact]
    [Requirement("D17")]
    public void DeferredUri_IsEmittedAsConfigured() =>
        new ServiceUris(Options.Create(new ServiceOptions { DeferredUris = { "sip:DEFERRED@Im.example.net" } }))
            .DeferredUri.ShouldBe("sip:DEFERRED@Im.example.net");

    [Fact]
    public void IsDelete_HostOfItsOwn_IsTheBin() =>
        new ServiceUris(Options.Create(new ServiceOptions { DeleteUris = { "sip:Delete@bin.example.net" } }))
            .IsDelete("sip:delete@bin.example.net").ShouldBeTrue();

    private static ServiceUris Uris() => new(Options.Create(new ServiceOptions { Host = "im.example.net" }));
}
