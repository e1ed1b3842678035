using Microsoft.Extensions.Options;
using PosteRestante.SipEdge.Accounts;
using PosteRestante.SipEdge.Identity;

namespace PosteRestante.SipEdge.Tests.Accounts;

public sealed class ConfiguredAccountDirectoryTests
{
    [Fact]
    public void TryFindByAddress_AddressOrAlias_FindsTheSameAccount()
    {
        var directory = Directory(new AccountOptions
        {
            Users = { new AccountEntry { Aor = "sip:alice@Example.net", Aliases = { "tel:+1-555-0100" }, Password = "p" } },
        });

        directory.TryFindByAddress("sip:alice@example.net", out var account).ShouldBeTrue();
        directory.TryFindByAddress("tel:+15550100", out var alias).ShouldBeTrue();
        directory.TryFindByUserName("alice", out var named).ShouldBeTrue();
        alias.ShouldBeSameAs(account);
        named.ShouldBeSameAs(account);
        account!.Mailbox.Value.ShouldBe("alice@example.net");
    }

    [Fact]
    public void TryFindByAddress_UnknownUser_IsNotServed() =>
        Directory(new AccountOptions { Users = { new AccountEntry { Aor = "sip:alice@example.net" } } })
            .TryFindByAddress("sip:bob@example.net", out _).ShouldBeFalse();

    [Fact]
    public void TryFindByAddress_WildcardDomain_ServesEveryoneInItAndNobodyElse()
    {
        var directory = Directory(new AccountOptions { WildcardDomains = { "Example.net" } });

        directory.TryFindByAddress("sip:anyone@example.net", out var account).ShouldBeTrue();
        account!.Aor.ShouldBe("sip:anyone@example.net");
        directory.TryFindByAddress("sip:anyone@sub.example.net", out _).ShouldBeFalse();
        directory.TryFindByAddress(string.Empty, out _).ShouldBeFalse();
    }

    [Fact]
    public void Validate_WildcardDomainWithoutATrustedCore_IsRefusedByTheNameOfItsKey() =>
        new AccountOptionsValidator(Options.Create(new IdentityOptions()))
            .Validate(null, new AccountOptions { WildcardDomains = { "example.net" } })
            .FailureMessage.ShouldNotBeNull().ShouldContain("Accounts:WildcardDomains");

    [Fact]
    public void Constructor_SameUserNameWithoutPassword_IsNoConflict() =>
        Directory(new AccountOptions { Users = { new AccountEntry { Aor = "sip:carol@a.example" }, new AccountEntry { Aor = "sip:carol@b.example" } } })
            .Count.ShouldBe(2);

    [Theory]
    [InlineData(2, true)]
    [InlineData(1, false)]
    public void Constructor_UpToMaxUsers_IsTaken(int most, bool isTaken)
    {
        var options = new AccountOptions { MaxUsers = most, Users = { new AccountEntry { Aor = "sip:a@b" }, new AccountEntry { Aor = "sip:b@b" } } };

        (Record.Exception(() => Directory(options)) is null).ShouldBe(isTaken);
    }

    [Fact]
    public void Constructor_UnusableAccounts_AreAllNamed()
    {
        var refused = Should.Throw<OptionsValidationException>(() => Directory(new AccountOptions
        {
            Users =
            {
                new AccountEntry { Aor = "alice" },
                new AccountEntry { Aor = "sip:bob@example.net", Aliases = { "sip:bob@example.net" } },
                new AccountEntry { Aor = "sip:carol@a.example", Password = "x" },
                new AccountEntry { Aor = "sip:carol@b.example", Password = "y" },
            },
            File = "no-such-file.json",
        }));

        refused.Failures.Count().ShouldBe(4);
        refused.Message.ShouldContain("'alice'");
        refused.Message.ShouldContain("listed twice");
        refused.Message.ShouldContain("user name 'carol'");
        refused.Message.ShouldContain("no-such-file.json");
    }

    [Theory]
    [InlineData("[null]", "null")]
    [InlineData("[{\"aor\": \"sip:a@example.net\", \"aliases\": null}]", "aliases")]
    [InlineData("[{\"aor\": null}]", "aor")]
    [InlineData("[{\"aor\": \"sip:a@example.net\", \"aliases\": [null]}]", "alias")]
    public void Constructor_NullInTheFile_IsASentence(string json, string named)
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, json);
            Should.Throw<OptionsValidationException>(() => Directory(new AccountOptions { File = file }))
                .Failures.ShouldHaveSingleItem().ShouldContain(named);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static ConfiguredAccountDirectory Directory(AccountOptions options) => new(Options.Create(options));
}
